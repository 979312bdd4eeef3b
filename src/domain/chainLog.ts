import type { Sealed } from './chain.js';

/** Where the entries of hash chains are kept, one chain a name. Nothing in it is ever changed or removed. */
export interface ChainLog<Entry> {
  /** Puts an entry at the end. The same key again changes nothing and answers with what was sealed the first time. */
  append(chain: string, key: string, entry: Entry): Promise<Sealed<Entry>>;
  /** In the order in which they are kept. */
  read(chain: string): Promise<Sealed<Entry>[]>;
}
