import type { Channel } from '../channels/channel.js';
import { refusedByDrill } from '../domain/scenario/bounds.js';

type Bounds = {
  /** Whether the drill may reach this address. */
  reaches: (to: string) => boolean;
  /** What the scenario has gone wrong with it at this moment, in words. */
  faultOf: (to: string) => string | undefined;
};

/** A channel as a drill has it: only to its audience, only what says `[DRILL]`, and as broken as the scenario says. */
export const boundChannel = (inner: Channel, { reaches, faultOf }: Bounds): Channel => ({
  name: inner.name,
  foldsRepeats: inner.foldsRepeats,
  // No attempt of a worker that died meanwhile went out there either.
  find: (key, to, since) => (reaches(to) ? inner.find(key, to, since) : Promise.resolve('unsent')),
  send: async (message, signal) => {
    const refuse = (why: string) =>
      ({ status: 'failed', reason: `${refusedByDrill}: ${why}`, permanent: true }) as const;
    if (!reaches(message.to)) return refuse(`${message.to} is not in its audience`);
    if (!`${message.subject} ${message.text}`.includes('[DRILL]')) return refuse('the message does not say [DRILL]');
    const fault = faultOf(message.to);
    return fault === undefined ? inner.send(message, signal) : { status: 'failed', reason: fault, permanent: false };
  },
  close: () => inner.close?.(),
});
