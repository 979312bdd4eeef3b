import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { start } from './start.js';
import { goodBodies, malformed } from './malformed.js';

type Fuzzed = { statuses: Record<number, number>; wrong: string[]; grownMiB: number };

/** So many at once, as impatient senders do. */
const together = 16;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What lives once the garbage is gone; how much is resident says more about when it was collected. */
const livingMiB = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};

const bodiesOf = (format: string, count: number, seed: number) =>
  fc.sample(malformed(format), { numRuns: count, seed });

/**
 * Sends so many malformed bodies of a format to the API over real HTTP; `wrong` is what was neither taken nor refused, and
 * `grownMiB` what the second half of them has left behind, when all has been loaded that the first half needed.
 */
export const fuzz = async (format: string, count: number, seed: number): Promise<Fuzzed> => {
  const api = await start();
  const statuses: Fuzzed['statuses'] = {};
  const wrong: string[] = [];
  // Each is forgotten once it is sent, so that what lives at the end is what the API has kept.
  let bodies: ReturnType<typeof bodiesOf> = [];
  const sendOnes = async (): Promise<void> => {
    for (let next = bodies.pop(); next; next = bodies.pop()) {
      const { done, path, bytes } = next;
      const { statusCode, headers, body } = await api.send({ method: 'POST', path, body: bytes });
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
      const refused = statusCode >= 400 && statusCode < 500;
      // PagerDuty's own senders read PagerDuty's own refusals.
      const inWords = path === '/v2/enqueue' || String(headers['content-type']).includes('problem+json');
      if (statusCode !== 202 && !(refused && inWords))
        wrong.push(`${statusCode} for ${done}: ${String(bytes).slice(0, 200)} → ${body.slice(0, 200)}`);
    }
  };
  const sendHalf = async (nth: number): Promise<void> => {
    bodies = bodiesOf(format, Math.ceil(count / 2), seed + nth);
    await Promise.all(Array.from({ length: together }, sendOnes));
  };
  await sendHalf(0);
  const before = livingMiB();
  await sendHalf(1);
  const grownMiB = livingMiB() - before;
  const { statusCode } = await api.send({ method: 'POST', ...asSent(format) });
  if (statusCode !== 202) wrong.push(`${statusCode} for a good body afterwards`);
  return { statuses, wrong, grownMiB };
};

const asSent = (format: string): { path: string; body: unknown } => goodBodies[format] ?? { path: '', body: undefined };

export const formats = Object.keys(goodBodies);
