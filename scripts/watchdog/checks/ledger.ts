import { z } from 'zod';
import type { Check, Fault } from '../fault.js';

const Stuck = z.object({
  stuck: z.array(
    z.object({
      crisisId: z.string(),
      delivery: z.object({
        key: z.string(),
        person: z.string(),
        channel: z.string(),
        status: z.string(),
        intendedAt: z.number(),
      }),
    }),
  ),
});
type Row = z.infer<typeof Stuck>['stuck'][number];

const faultOf = ({ crisisId, delivery: { key, person, channel, status, intendedAt } }: Row): Fault => ({
  id: `ledger/${key}/${status}`,
  what:
    status === 'uncertain'
      ? `nobody knows whether a page of ${crisisId} to ${person} by ${channel} arrived, and nobody has answered`
      : `a message of ${crisisId} to ${person} by ${channel} is not sent, intended at ${new Date(intendedAt).toISOString()}`,
  todo: `call ${person}, and see npx firebreak show ${crisisId}`,
});

/** Messages that the ledger says should long have come further, asked of the API. */
export const ledgerCheck = (address: string, stuckAfterMs: () => number): Check => ({
  name: 'ledger',
  async look(signal) {
    const answer = await fetch(`${address}/api/v1/deliveries/stuck?olderThanMs=${stuckAfterMs()}&limit=20`, { signal });
    if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
    return Stuck.parse(await answer.json()).stuck.map(faultOf);
  },
});
