import fc from 'fast-check';
import { start } from './start.js';
import { goodBodies, malformed } from './malformed.js';

type Fuzzed = { statuses: Record<number, number>; wrong: string[]; grownMiB: number };

/** So many at once, as impatient senders do. */
const together = 16;

const residentMiB = (): number => process.memoryUsage().rss / 2 ** 20;

/** Sends so many malformed bodies of a format to the API over real HTTP; `wrong` is what was neither taken nor refused. */
export const fuzz = async (format: string, count: number, seed: number): Promise<Fuzzed> => {
  const api = await start();
  const bodies = fc.sample(malformed(format), { numRuns: count, seed });
  const fuzzed: Fuzzed = { statuses: {}, wrong: [], grownMiB: 0 };
  const before = residentMiB();
  const queue = bodies.values();
  const sender = async (): Promise<void> => {
    for (const { done, path, bytes } of queue) {
      const { statusCode, headers, body } = await api.send({ method: 'POST', path, body: bytes });
      fuzzed.statuses[statusCode] = (fuzzed.statuses[statusCode] ?? 0) + 1;
      const refused = statusCode >= 400 && statusCode < 500;
      // PagerDuty's own senders read PagerDuty's own refusals.
      const inWords = path === '/v2/enqueue' || String(headers['content-type']).includes('problem+json');
      if (statusCode !== 202 && !(refused && inWords))
        fuzzed.wrong.push(`${statusCode} for ${done}: ${String(bytes).slice(0, 200)} → ${body.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: together }, sender));
  const { statusCode } = await api.send({ method: 'POST', ...asSent(format) });
  if (statusCode !== 202) fuzzed.wrong.push(`${statusCode} for a good body afterwards`);
  fuzzed.grownMiB = residentMiB() - before;
  return fuzzed;
};

const asSent = (format: string): { path: string; body: unknown } => goodBodies[format] ?? { path: '', body: undefined };

export const formats = Object.keys(goodBodies);
