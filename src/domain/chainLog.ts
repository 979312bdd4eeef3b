import type { Sealed } from './chain.js';

/** Where the entries of hash chains are kept, one chain a name. Nothing in it is ever changed or removed. */
export interface ChainLog<Entry> {
  /** Puts an entry at the end. The same key again changes nothing and answers with what was sealed the first time. */
  append(chain: string, key: string, entry: Entry): Promise<Sealed<Entry>>;
  /** In the order in which they are kept. */
  read(chain: string): Promise<Sealed<Entry>[]>;
}

/** Which part of a chain: what comes after an entry, or what came before it; both in the order in which it is kept. */
export type Span = { after: number } | { before: number };

/** A log of any length, read a part at a time. */
export interface PagedLog<Entry> extends ChainLog<Entry> {
  /** At most so many entries next to that end of the span which is named. */
  page(chain: string, span: Span, limit: number): Promise<Sealed<Entry>[]>;
}
