import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

const pool = new Uint8Array(4096);
let used = pool.length;

/** A number in [0, 1). Asking the system for each character of an id costs more than all else about an alert. */
const random = (): number => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++]! / 256;
};

/** A new ULID: unique, and in the order of time by the millisecond. */
export const newId = (): string => ulid(undefined, random);
