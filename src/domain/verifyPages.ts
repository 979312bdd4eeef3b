import { originOf, sealOf, type Anchor, type ChainRules, type Sealed } from './chain.js';
import { cutOff, verifyChain, type ChainFault } from './verifyChain.js';

type Page = readonly Sealed<unknown>[];

/** What verifying a chain came to; of many faults only the first are listed, all are counted. */
export type Verification = { entries: number; faults: ChainFault[]; faultsFound: number; last?: Anchor };

/** Of more faults than these nobody reads each. */
const mostFaults = 1_000;

/** As much of a broken chain as is looked at together, in entries. */
const longestWindow = 10_000;

/** Every entry sealed as it stands, one after the other, linked from `from` on. */
const isWhole = (rules: ChainRules, page: Page, from: Anchor): boolean => {
  let { seq, hash } = from;
  for (const item of page) {
    seq += 1;
    if (item.seq !== seq || item.previous !== hash || sealOf(rules, item) !== item.hash) return false;
    ({ hash } = item);
  }
  return true;
};

const endOf = (page: Page): Anchor | undefined => {
  const end = page.at(-1);
  return end && { seq: end.seq, hash: end.hash };
};

const within = (page: Page, anchors: readonly Anchor[]): Anchor[] => {
  const [first, last] = [page[0]?.seq ?? 0, page.at(-1)?.seq ?? -1];
  return anchors.filter(({ seq }) => seq >= first && seq <= last);
};

/**
 * Verifies a chain of any length with no more than a few pages of it in memory. Where a page is not whole, it is looked at
 * together with those after it up to the next whole one; an entry moved further than that shows as changed where it went.
 */
export const verifyPages = async (
  rules: ChainRules,
  pages: AsyncIterable<Page>,
  anchors: readonly Anchor[] = [],
): Promise<Verification> => {
  const faults: ChainFault[] = [];
  let [entries, faultsFound] = [0, 0];
  /** The entry before the page that is held back; that one is whole, but whether its end is genuine the next one tells. */
  let before: Anchor = { seq: -1, hash: originOf(rules) };
  let held: Page = [];
  let suspect: Page = [];

  const found = (more: readonly ChainFault[]): void => {
    faultsFound += more.length;
    faults.push(...more.slice(0, mostFaults - faults.length));
  };
  const pass = (page: Page): void => {
    before = endOf(page) ?? before;
    held = suspect = [];
  };
  const release = (page: Page): void => {
    const hashes = new Map(page.map(({ seq, hash }) => [seq, hash]));
    const differing = within(page, anchors).filter(({ seq, hash }) => hashes.get(seq) !== hash);
    found(differing.map(({ seq }) => ({ kind: 'changed', seq, why: 'its hash is not the one noted elsewhere' })));
    pass(page);
  };
  const judge = (page: Page): void => {
    if (page.length > 0) found(verifyChain(rules, page, within(page, anchors), before.seq < 0 ? undefined : before));
    pass(page);
  };

  for await (const page of pages) {
    const [first] = page;
    if (!first) continue;
    entries += page.length;
    if (suspect.length === 0 && isWhole(rules, page, endOf(held) ?? before)) {
      release(held);
      held = page;
      continue;
    }
    suspect = [...held, ...suspect, ...page];
    held = [];
    const wholeAgain = isWhole(rules, page, { seq: first.seq - 1, hash: first.previous });
    if (wholeAgain || suspect.length >= longestWindow) judge(suspect);
  }
  if (suspect.length > 0) judge(suspect);
  else release(held);
  found(cutOff(before.seq, anchors));
  return { entries, faults, faultsFound, ...(before.seq >= 0 && { last: before }) };
};
