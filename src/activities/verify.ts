import type { Activities } from './activities.js';
import { verifyCommand, type SigningKeys } from '../domain/signedCommand.js';

type Needs = { keys: SigningKeys; now: () => number };

/** A command may wait for a worker over a long outage of ours; that it is done once is for its id to see to. */
const holdsForMs = 7 * 24 * 3_600_000;

/** Finds out who gave a signed command. It never throws on a bad proof: what is wrong with it is the answer. */
export const createVerifyActivity = ({ keys, now }: Needs): Pick<Activities, 'verify'> => ({
  verify: ({ proof, ...command }) => verifyCommand(command, proof, keys, { now: now(), maxAgeMs: holdsForMs }),
});
