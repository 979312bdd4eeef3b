import { originOf, sealOf, type Anchor, type ChainRules, type Sealed } from './chain.js';

/** What is wrong with which entry of a chain. `seq` is the number under which the entry was sealed, as far as it is known. */
export type ChainFault = { kind: 'changed' | 'removed' | 'inserted' | 'reordered'; seq: number; why: string };

/** An entry with the number it proves to have been sealed under; without one, what it says is not what was sealed. */
type Examined = { item: Sealed<unknown>; seq: number; sound: boolean };

/** What comes out of the origin, or out of the last entry before the ones that are looked at. */
type Start = { seq: number; hash: string };

/** More entries missing in a row than this are said in one sentence: a forged number may be any distance away. */
const mostGapsSaid = 100;

/**
 * Everything that is wrong with a chain, its entries given in the order in which they are kept; an empty list when
 * nothing is. Entries cut off at the end, and a chain sealed anew throughout, show only against anchors. `after` is the
 * entry before the first one given, when they are only a part of the chain.
 */
export const verifyChain = (
  rules: ChainRules,
  items: readonly Sealed<unknown>[],
  anchors: readonly Anchor[] = [],
  after?: Anchor,
): ChainFault[] => {
  const start = after ?? { seq: -1, hash: originOf(rules) };
  const examined = examine(rules, items, start);
  const { kept, faults: inserted } = withoutInserted(start, examined, anchors);
  const faults = [
    ...unsound(kept),
    ...inserted,
    ...reordered(items, examined),
    ...gaps(kept, start),
    ...brokenLinks(kept, start),
    ...againstAnchors(kept, anchors, start),
  ];
  return onePerEntry(faults).sort((one, other) => one.seq - other.seq);
};

/** A number written over gives itself away: the seal fits the old number alone, and the links say which that was. */
const examine = (rules: ChainRules, items: readonly Sealed<unknown>[], start: Start): Examined[] => {
  const following = new Map(items.map((item) => [item.previous, item]));
  const places = placesByLinks(start, following);
  let shift = 0;
  return items.map((item) => {
    const before = (following.get(item.hash)?.seq ?? NaN) - 1;
    const candidates = [item.seq, places.get(item.hash) ?? NaN, item.seq + shift, before, item.seq - 1, item.seq + 1];
    const sealedAs = candidates.find((seq) => seq >= 0 && sealOf(rules, { ...item, seq }) === item.hash);
    const seq = sealedAs ?? item.seq;
    shift = seq - item.seq;
    return { item, seq, sound: sealedAs !== undefined };
  });
};

/** Numbers by hash, as the links alone tell them from the start up to where they break. */
const placesByLinks = (start: Start, following: ReadonlyMap<string, Sealed<unknown>>): Map<string, number> => {
  const places = new Map<string, number>();
  let next = following.get(start.hash);
  while (next && !places.has(next.hash)) {
    places.set(next.hash, start.seq + 1 + places.size);
    next = following.get(next.hash);
  }
  return places;
};

const unsound = (examined: readonly Examined[]): ChainFault[] =>
  examined.filter(({ sound }) => !sound).map(({ seq }) => fault('changed', seq, 'what it says does not fit its hash'));

/** Of several entries under one number, the one that its neighbours are linked with is genuine. */
const withoutInserted = (start: Start, examined: readonly Examined[], anchors: readonly Anchor[]) => {
  const hashes = new Set(examined.map(({ item }) => item.hash)).add(start.hash);
  const pointedAt = new Set(examined.map(({ item }) => item.previous));
  const anchored = new Set(anchors.map(({ hash }) => hash));
  const trust = ({ item, sound }: Examined): number =>
    Number(anchored.has(item.hash)) * 8 +
    Number(pointedAt.has(item.hash)) * 4 +
    Number(sound) * 2 +
    Number(hashes.has(item.previous));
  const ranked = [...examined].sort((one, other) => one.seq - other.seq || trust(other) - trust(one));
  const rival = ({ seq }: Examined, index: number): boolean => ranked[index - 1]?.seq === seq;
  return {
    kept: ranked.filter((each, index) => !rival(each, index)),
    faults: ranked
      .filter(rival)
      .map(({ seq }) => fault('inserted', seq, 'another entry holds this number and is linked with the others')),
  };
};

/** Entries that stand before one with a lower number, or under a number that is not theirs. */
const reordered = (items: readonly Sealed<unknown>[], examined: readonly Examined[]): ChainFault[] => {
  let highest = -1;
  return examined.flatMap(({ item, seq, sound }, index) => {
    const late = seq < highest;
    highest = Math.max(highest, seq);
    if (late) return [fault('reordered', seq, `it is kept after entry ${highest}`)];
    if (sound && items[index]?.seq !== seq) return [fault('reordered', seq, `it is kept as number ${item.seq}`)];
    return [];
  });
};

const gaps = (kept: readonly Examined[], start: Start): ChainFault[] =>
  kept.flatMap(({ seq }, index) => {
    const expected = (kept[index - 1]?.seq ?? start.seq) + 1;
    return missing(expected, seq - expected, 'it is missing');
  });

/** So many entries from one on. */
const missing = (from: number, count: number, why: string): ChainFault[] => {
  const said = Math.max(0, Math.min(count, mostGapsSaid));
  const faults = Array.from({ length: said }, (_, nth) => fault('removed', from + nth, why));
  const rest = count - said;
  return rest > 0 ? [...faults, fault('removed', from + said, `${why}, and ${rest - 1} after it`)] : faults;
};

/** Neighbours that each fit their own hash and yet are not linked: one of them was written and sealed anew. */
const brokenLinks = (kept: readonly Examined[], start: Start): ChainFault[] =>
  kept.flatMap((here, index) => {
    const before = kept[index - 1];
    const isFirst = here.seq === start.seq + 1;
    const expected = isFirst ? start.hash : before?.item.hash;
    const adjoining = isFirst || before?.seq === here.seq - 1;
    if (!adjoining || here.item.previous === expected) return [];
    if (!here.sound || before?.sound === false) return [];
    const after = kept[index + 1];
    const forgedHere = !before || (after?.seq === here.seq + 1 && after.item.previous !== here.item.hash);
    const seq = forgedHere ? here.seq : before.seq;
    return [fault('changed', seq, 'it was sealed anew: the hashes beside it are not linked with it')];
  });

const againstAnchors = (kept: readonly Examined[], anchors: readonly Anchor[], start: Start): ChainFault[] => {
  const bySeq = new Map(kept.map((each) => [each.seq, each]));
  const differing = anchors.filter(({ seq, hash }) => (bySeq.get(seq)?.item.hash ?? hash) !== hash);
  return [
    ...cutOff(kept.at(-1)?.seq ?? start.seq, anchors),
    ...differing.map(({ seq }) => fault('changed', seq, 'its hash is not the one noted elsewhere')),
  ];
};

/** What an anchor proves to have been there after the last entry that is. */
export const cutOff = (last: number, anchors: readonly Anchor[]): ChainFault[] => {
  const known = Math.max(-1, ...anchors.map(({ seq }) => seq));
  return missing(last + 1, known - last, `it is missing: the chain once reached entry ${known}`);
};

const fault = (kind: ChainFault['kind'], seq: number, why: string): ChainFault => ({ kind, seq, why });

/** An entry that was changed and therefore also breaks a link is one fault; the first said is the plainest. */
const onePerEntry = (faults: readonly ChainFault[]): ChainFault[] => [
  ...new Map(faults.toReversed().map((each) => [`${each.kind} ${each.seq}`, each])).values(),
];
