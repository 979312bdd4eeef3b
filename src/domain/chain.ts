import { canonical } from './canonical.js';

/** A cryptographic hash of a text, as hex. A keyed one keeps whoever can write entries from sealing them as well. */
export type Hash = (text: string) => string;

/** One entry as it stands in a chain: its number from nought, the hash before it, and its own over all of that. */
export type Sealed<Entry> = { seq: number; entry: Entry; previous: string; hash: string };

/** A point of a chain that is known from elsewhere, such as the timeline of the crisis or an exported manifest. */
export type Anchor = { seq: number; hash: string };

/** What a chain goes by: its name, so that no entry can be moved into another one, and its hash. */
export type ChainRules = { name: string; hash: Hash };

/** The hash that the first entry of a chain is linked to. */
export const originOf = ({ name, hash }: ChainRules): string => hash(canonical({ chain: name }));

export const sealOf = (rules: ChainRules, { seq, entry, previous }: Omit<Sealed<unknown>, 'hash'>): string =>
  rules.hash(canonical({ chain: rules.name, seq, previous, entry }));

/** Puts an entry after the last one; `last` is absent for the first. */
export const seal = <Entry>(rules: ChainRules, last: Anchor | undefined, entry: Entry): Sealed<Entry> => {
  const link = { seq: last ? last.seq + 1 : 0, previous: last?.hash ?? originOf(rules), entry };
  return { ...link, hash: sealOf(rules, link) };
};
