import { forked } from './process.js';

/** What to send: alerts of one cause, or each of its own; for so long, or so many. */
export type Load = { url: string; connections: number; cause?: string; forMs?: number; atMost?: number };

/** What came of it; times in milliseconds since 1970. */
export type Loaded = { statuses: Record<string, number>; latencies: number[]; startedAt: number; endedAt: number };

/** Sends a load from a process of its own. */
export const send = async (load: Load): Promise<Loaded> => {
  const child = await forked('load.ts');
  try {
    const answer = (await child.ask(load)) as Loaded | { fault: string };
    if ('fault' in answer) throw new Error(`the load could not be sent: ${answer.fault}`);
    return answer;
  } finally {
    await child.stop();
  }
};

export const acceptedOf = ({ statuses }: Loaded): number => statuses['202'] ?? 0;

/** Accepted a second. */
export const rateOf = (loaded: Loaded): number => (acceptedOf(loaded) / (loaded.endedAt - loaded.startedAt)) * 1_000;

/** What else was answered, in words; empty when all was accepted. */
export const refusalsOf = ({ statuses }: Loaded): string =>
  Object.entries(statuses)
    .filter(([status]) => status !== '202')
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
