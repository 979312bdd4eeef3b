import type { FastifyRequest } from 'fastify';
import { CommandRefused, NoSuchCrisis, Unreachable } from '../client/firebreak.js';
import type { AuditEntry } from '../domain/audit.js';
import type { Actor } from '../domain/authenticate.js';
import type { Anchor, Sealed } from '../domain/chain.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import { noteOf } from '../domain/describe/evidence.js';
import type { EvidenceEntry } from '../domain/evidence.js';
import { TooLarge } from '../evidence/blobs.js';
import { NotCollectable } from '../evidence/fromFile.js';
import type { EvidenceRoom } from '../evidence/room.js';
import type { Context } from './parts.js';
import { Problem } from './problem.js';
import { liveOrStored, StoreDown } from './reading.js';
import { timelineOf } from './records.js';

/** Who collects is on record for good, so a claim is not enough. */
export const provenActor = ({ actor }: FastifyRequest): Actor => {
  if (actor) return actor;
  throw new Problem(
    'unproven',
    'evidence wants to know who collects it: expected the header Authorization: Bearer <key>; one is made by: npx firebreak key create',
  );
};

/** Asks the evidence room; what is wrong with what was sent is said, and anything else is a part that is away. */
export const ask = async <T>({ evidence, logger }: Context, what: (room: EvidenceRoom) => Promise<T>): Promise<T> => {
  if (!evidence) throw new Problem('not-found', 'no evidence is kept here');
  try {
    return await what(evidence);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof NotCollectable) throw new Problem('invalid', error.message);
    if (error instanceof TooLarge) throw new Problem('too-large', error.message);
    logger?.warn({ err: error }, 'the evidence did not answer');
    throw new StoreDown(`the evidence cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** The crisis that is meant, running or over; throws NoSuchCrisis. */
export const crisisIdOf = (context: Context, idOrKey: string): Promise<string> =>
  liveOrStored(
    context,
    async () => (await context.firebreak.view(idOrKey)).crisis.crisisId,
    async (store) => (await store.crisis(idOrKey))?.crisis.crisisId,
  );

/** What the timeline says of the entries: written by the workflow, so it does not stand and fall with the chain's table. */
export const anchorsOf = async (context: Context, crisisId: string): Promise<Anchor[]> => {
  const { events } = await timelineOf(context, crisisId);
  return events.flatMap(({ event }) =>
    event.type === 'evidenceKept' ? [{ seq: event.entry.seq, hash: event.entry.hash }] : [],
  );
};

/** Whose hands a piece is in: who got it last, or who has collected it. */
export const holderOf = (entries: readonly Sealed<EvidenceEntry>[], item: string): string | undefined => {
  const last = entries.findLast(({ entry }) => entry.item === item)?.entry;
  return last?.type === 'handedOver' ? last.to : last?.by;
};

/**
 * Puts an entry on the crisis's timeline. That comes after the sealing and may fail, as when the crisis is over: then the
 * audit has it alone.
 */
export const putOnTimeline = async (
  context: Context,
  crisisId: string,
  sealed: Sealed<EvidenceEntry>,
  { holder, key }: Actor,
): Promise<{ onTimeline: boolean; why?: string }> => {
  const id = `evidence/${crisisId}/${sealed.seq}`.slice(-200);
  const input = { id, by: holder.id, via: 'api', entry: noteOf(sealed) };
  try {
    await context.firebreak.command(crisisId, 'collect', input, { ...holder, key });
    return { onTimeline: true };
  } catch (error) {
    const isExpected = error instanceof CommandRefused || error instanceof NoSuchCrisis || error instanceof Unreachable;
    if (!isExpected) throw error;
    const what = sealed.entry.type === 'collected' ? 'collect evidence' : 'hand over evidence';
    // The audit is not encrypted: of a restricted crisis the chain of custody alone says which piece it is.
    const item = isRestrictedKey(crisisId) ? `entry ${sealed.seq} of its evidence` : sealed.entry.item;
    const why = isRestrictedKey(crisisId) ? '' : `: ${error.message}`;
    audit(context, { holder, key }, what, crisisId, `${item} (not on the timeline${why})`);
    return { onTimeline: false, why: error.message };
  }
};

export const audit = (
  { note, now, newId }: Context,
  { holder, key }: Pick<Actor, 'holder' | 'key'>,
  what: string,
  crisis: string,
  target: string,
): void => {
  const who: AuditEntry['who'] = { id: holder.id, proof: 'api key', key };
  note?.({
    key: newId(),
    at: now(),
    who,
    what,
    on: { crisis, target },
    authority: { kind: 'anybody', of: [] },
    outcome: 'done',
  });
};
