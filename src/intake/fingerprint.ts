import type { Labels } from './labels.js';

const offset = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;
const separator = 0xff;

const hash = (bytes: Iterable<number>): bigint => {
  let sum = offset;
  for (const byte of bytes) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * prime);
  return sum;
};

/**
 * Prometheus' own fingerprint of a label set: FNV-1a over the sorted names and values, each followed by 0xff. An old
 * Alertmanager sends none; made the same way, an alert keeps its key when the sender is upgraded in mid-crisis.
 */
export const fingerprint = (labels: Labels): string => {
  const utf8 = new TextEncoder();
  const byName = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = byName.flatMap(([name, value]) => [...utf8.encode(name), separator, ...utf8.encode(value), separator]);
  return hash(bytes).toString(16).padStart(16, '0');
};
