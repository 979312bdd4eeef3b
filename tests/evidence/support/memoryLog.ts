import { seal, type Sealed } from '../../../src/domain/chain.js';
import type { ChainLog } from '../../../src/domain/chainLog.js';
import { sha256 } from '../../../src/evidence/hashing.js';

/** A log in memory, for what the tests of the store do not cover. `rows` may be tampered with. */
export const memoryLog = <Entry>(): ChainLog<Entry> & { rows: Map<string, Sealed<Entry>[]> } => {
  const rows = new Map<string, Sealed<Entry>[]>();
  const keys = new Map<string, Sealed<Entry>>();
  return {
    rows,
    append(name, key, entry) {
      const chain = rows.get(name) ?? [];
      const sealed = keys.get(`${name} ${key}`) ?? seal({ name, hash: sha256 }, chain.at(-1), entry);
      if (!keys.has(`${name} ${key}`)) rows.set(name, [...chain, sealed]);
      keys.set(`${name} ${key}`, sealed);
      return Promise.resolve(sealed);
    },
    read: (name) => Promise.resolve(rows.get(name) ?? []),
  };
};
