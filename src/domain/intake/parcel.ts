import type { Tally } from '../event.js';
import { countWithin, jsonBytesOf } from '../portion.js';
import { foldTallies } from './tallies.js';

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

/** Of several parcels those whose crisis none of the first ones is for, and those that have to wait until these are placed. */
export const notBehind = (first: readonly Parcel[], parcels: readonly Parcel[]): [free: Parcel[], behind: Parcel[]] => {
  const keys = new Set(first.map(({ key }) => key));
  return [parcels.filter(({ key }) => !keys.has(key)), parcels.filter(({ key }) => keys.has(key))];
};

/** The parcels of each crisis as one, the worst crisis first; within a crisis the order in which they came. */
export const foldParcels = (parcels: readonly Parcel[], fold = foldTallies): Parcel[] => {
  const byKey = new Map<string, Parcel[]>();
  for (const parcel of parcels) byKey.set(parcel.key, [...(byKey.get(parcel.key) ?? []), parcel]);
  return [...byKey.values()]
    .map((same) => Object.assign({}, ...same, { id: same[0]?.id, tallies: fold(same.flatMap(talliesOf)) }) as Parcel)
    .sort((a, b) => rank(a).localeCompare(rank(b)));
};
