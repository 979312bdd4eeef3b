import type { Tally } from '../event.js';

/** A tally names no more than so many alerts by their ids, so that its message stays a short one. */
export const idsPerTally = 1_000;

/** The ids under which a tally's alerts count once, if their senders gave them. */
const onceIdsOf = ({ alert, also = [] }: Tally): readonly string[] => (alert.once ? [alert.id, ...also] : []);

/** The tally without those of its alerts that have been counted. */
const countingOnly = (tally: Tally, ids: readonly string[]): Tally[] => {
  const [first, ...also] = ids;
  if (first === undefined) return [];
  const known = onceIdsOf(tally).length - ids.length;
  return [{ ...tally, alert: { ...tally.alert, id: first }, count: tally.count - known, also }];
};

/** What is not known by its sender's id yet of these tallies, each id once; and all such ids. */
export const notSeen = (
  tallies: Iterable<Tally>,
  known: { has: (id: string) => boolean } = new Set<string>(),
): { fresh: Tally[]; ids: string[] } => {
  const ids = new Set<string>();
  const isNew = (id: string): boolean => {
    if (known.has(id) || ids.has(id)) return false;
    ids.add(id);
    return true;
  };
  const fresh = [...tallies].flatMap((tally) => {
    const all = onceIdsOf(tally);
    const unseen = all.filter(isNew);
    return unseen.length === all.length ? [tally] : countingOnly(tally, unseen);
  });
  return { fresh, ids: [...ids] };
};

type Growing = Omit<Tally, 'also'> & { also?: string[] };

const begun = ({ also, ...tally }: Tally): Growing => ({ ...tally, ...(also && { also: [...also] }) });

const grow = (tally: Growing, more: Tally): void => {
  tally.count += more.count;
  tally.lastAt = Math.max(tally.lastAt, more.lastAt);
  const ids = onceIdsOf(more);
  if (ids.length > 0) (tally.also ??= []).push(...ids);
};

const takes = (tally: Growing, more: Tally): boolean => onceIdsOf(tally).length + onceIdsOf(more).length <= idsPerTally;

/** What an alert is called by its source, under its cause. */
const nameOf = ({ cause = '', alert }: Tally): string => `${cause}\n${alert.dedupKey}`;

/** What of an alert the crisis decides by; only alerts that say the same are one tally. */
const wordOf = ({ alert, said }: Tally): string =>
  JSON.stringify([alert.status, alert.facts, said?.severity, said?.type]);

/**
 * One tally for an alert that repeats itself, and another for those of its kind that count once by their ids; what says
 * something else begins anew, so that the last word stays the last, and nothing that is known is left out.
 */
export const foldTallies = (tallies: Iterable<Tally>): Tally[] => {
  type Newest = { word: string; plain?: Growing; once?: Growing };
  const newest = new Map<string, Newest>();
  const folded: Growing[] = [];
  for (const tally of notSeen(tallies).fresh) {
    const name = nameOf(tally);
    const word = wordOf(tally);
    const before = newest.get(name);
    const same: Newest = before?.word === word ? before : { word };
    newest.set(name, same);
    const kind = tally.alert.once ? 'once' : 'plain';
    const last = same[kind];
    if (last && takes(last, tally)) {
      grow(last, tally);
      continue;
    }
    folded.push((same[kind] = begun(tally)));
  }
  return folded;
};

/** How a run of the intake folded that began before alerts were named by their ids: each of them has a tally of its own. */
export const foldSingly = (tallies: Iterable<Tally>): Tally[] => {
  const newest = new Map<string, Tally>();
  const folded: Tally[] = [];
  for (const tally of notSeen(tallies).fresh) {
    const name = nameOf(tally);
    const last = newest.get(name);
    if (last?.alert.status === tally.alert.status && !tally.alert.once) {
      last.count += tally.count;
      last.lastAt = Math.max(last.lastAt, tally.lastAt);
      continue;
    }
    const fresh = { ...tally };
    newest.set(name, fresh);
    folded.push(fresh);
  }
  return folded;
};
