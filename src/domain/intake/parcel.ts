import type { Tally } from '../event.js';
import { countWithin, jsonBytesOf } from '../portion.js';

/** Alerts on their way to one crisis, by its correlation key. Delivered twice under its id, it counts once. */
export type Parcel = {
  id: string;
  key: string;
  tallies: readonly Tally[];
  /** The umbrella that the cause belongs to by now, whether its own crisis has begun already or not. */
  under?: string;
};

/** P3 is recorded, and so is what says that something is over; both join a crisis that already runs. */
export const opens = ({ alert, said }: Tally): boolean => alert.status === 'firing' && said?.severity !== 'P3';

/** The id by which a tally counts once, if its sender gave it one. */
const onceOf = ({ alert }: Tally): string | undefined => (alert.once ? alert.id : undefined);

/** The tallies that are not known by their sender's id yet, each id once; and all such ids. */
export const notSeen = (
  tallies: Iterable<Tally>,
  known: { has: (id: string) => boolean } = new Set<string>(),
): { fresh: Tally[]; ids: string[] } => {
  const ids = new Set<string>();
  const fresh = [...tallies].filter((tally) => {
    const id = onceOf(tally);
    if (id === undefined) return true;
    if (known.has(id) || ids.has(id)) return false;
    ids.add(id);
    return true;
  });
  return { fresh, ids: [...ids] };
};

/**
 * One tally for an alert that repeats itself; a change of its status begins another, so that the last word stays the last.
 * What counts once by its id keeps a tally of its own, by which it is known when it comes again.
 */
export const foldTallies = (tallies: Iterable<Tally>): Tally[] => {
  const newest = new Map<string, Tally>();
  const folded: Tally[] = [];
  for (const tally of notSeen(tallies).fresh) {
    const name = `${tally.cause ?? ''}\n${tally.alert.dedupKey}`;
    const last = newest.get(name);
    if (last?.alert.status === tally.alert.status && onceOf(tally) === undefined) {
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

const talliesOf = ({ tallies }: Parcel): readonly Tally[] => tallies;

const rank = ({ tallies }: Parcel): string => tallies.map(({ said }) => said?.severity ?? 'P3').sort()[0] ?? 'P3';

/** A crisis takes 2,000 tallies in one command, and Temporal two megabytes in one message: after an absence there are more. */
const atOnce = { items: 500, bytes: 400_000, bytesOf: jsonBytesOf };

/** Of each parcel what its crisis can take at once; and the rest of it, under an id of its own. */
export const firstParts = (parcels: readonly Parcel[]): [first: Parcel[], rest: Parcel[]] => {
  const first: Parcel[] = [];
  const rest: Parcel[] = [];
  for (const parcel of parcels) {
    const { id, tallies } = parcel;
    const count = countWithin(tallies, atOnce);
    first.push(count < tallies.length ? { ...parcel, tallies: tallies.slice(0, count) } : parcel);
    if (count < tallies.length) rest.push({ ...parcel, id: idAfter(id), tallies: tallies.slice(count) });
  }
  return [first, rest];
};

/** No longer for the thousandth part than for the second: a crisis refuses an id of more than 200 characters. */
const idAfter = (id: string): string => {
  const [, root = id, nth = '1'] = /^(.*)\+(\d+)$/.exec(id) ?? [];
  return `${root}+${Number(nth) + 1}`;
};

/** The parcels of each crisis as one, the worst crisis first; within a crisis the order in which they came. */
export const foldParcels = (parcels: readonly Parcel[]): Parcel[] => {
  const byKey = new Map<string, Parcel[]>();
  for (const parcel of parcels) byKey.set(parcel.key, [...(byKey.get(parcel.key) ?? []), parcel]);
  return [...byKey.values()]
    .map(
      (same) =>
        Object.assign({}, ...same, { id: same[0]?.id, tallies: foldTallies(same.flatMap(talliesOf)) }) as Parcel,
    )
    .sort((a, b) => rank(a).localeCompare(rank(b)));
};
