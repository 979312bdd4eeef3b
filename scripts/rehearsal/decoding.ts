import type { Request } from '../client/request.js';
import { failed } from '../output/fault.js';

type Payload = { metadata: Record<string, string>; data?: string };
type Decoded = { payloads?: Payload[] };

const encrypted = Buffer.from('binary/encrypted').toString('base64');

const isEncrypted = (value: object): value is Payload =>
  'metadata' in value && (value.metadata as Record<string, unknown> | null)?.['encoding'] === encrypted;

/** Wherever in an exported history they stand: inputs, results, failures, summaries. */
const encryptedIn = (value: unknown): Payload[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isEncrypted(value) ? [value] : Object.values(value).flatMap(encryptedIn);
};

/** A request carries at most so much; the API takes sixteen megabytes. */
const bytesAtOnce = 4_000_000;

const portions = (payloads: readonly Payload[]): Payload[][] => {
  const all: Payload[][] = [];
  let bytes = Infinity;
  for (const payload of payloads) {
    bytes += payload.data?.length ?? 0;
    if (bytes > bytesAtOnce) {
      all.push([]);
      bytes = payload.data?.length ?? 0;
    }
    all.at(-1)?.push(payload);
  }
  return all;
};

/**
 * An exported history with what is encrypted in it decoded by the API, for whoever may see it; as it is when nothing is.
 * Throws a Fault that says why it cannot be read.
 */
export const decodeHistory = async (history: unknown, request: Request): Promise<unknown> => {
  const open = structuredClone(history);
  for (const payloads of portions(encryptedIn(open))) {
    const answer = await request('/codec/decode', { method: 'POST', body: { payloads } });
    const { payloads: decoded = [] } = (await answer.json()) as Decoded;
    payloads.forEach((payload, index) => Object.assign(payload, decoded[index]));
  }
  const left = encryptedIn(open).length;
  if (left > 0) throw failed(`${left} of its payloads are restricted, and not to those whom your key proves`);
  return open;
};
