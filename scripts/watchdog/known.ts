import type { Fault, Seen } from './fault.js';

/** A fault with its story. `toldAt` is set once people know; `missedLooks` counts how often in a row it was not seen. */
export type Known = Fault & {
  check: string;
  since: number;
  looks: number;
  missedLooks: number;
  toldAt?: number;
  remindedAt?: number;
};

export type News = { begun: readonly Known[]; lasting: readonly Known[]; over: readonly Known[] };

/** One look may catch a restart or a hiccup; two in a row are a fault, or its end. */
const confirmedByLooks = 2;

const faultsOf = (seen: Seen): readonly Fault[] =>
  'faults' in seen
    ? seen.faults
    : [
        {
          id: `${seen.check}/blind`,
          what: `the watchdog cannot look at the ${seen.check}: ${seen.blind}`,
          todo: 'whether anything else is wrong there is not known until it can',
        },
      ];

/** A check that could not look has not seen its faults end. */
const mayHaveEnded = (known: Known, seen: readonly Seen[]): boolean =>
  known.id.endsWith('/blind') || seen.some((each) => each.check === known.check && 'faults' in each);

const lookedAgain = (before: readonly Known[], seen: readonly Seen[], at: number): Known[] => {
  const now = new Map(
    seen.flatMap((each) => faultsOf(each).map((fault) => [fault.id, { ...fault, check: each.check }])),
  );
  const old = before.map((known) => {
    const still = now.get(known.id);
    if (still) return { ...known, ...still, looks: known.looks + 1, missedLooks: 0 };
    return mayHaveEnded(known, seen) ? { ...known, missedLooks: known.missedLooks + 1 } : known;
  });
  const ids = new Set(before.map(({ id }) => id));
  const fresh = [...now.values()].filter(({ id }) => !ids.has(id));
  return [...old, ...fresh.map((fault) => ({ ...fault, since: at, looks: 1, missedLooks: 0 }))];
};

const isOver = ({ missedLooks, toldAt }: Known): boolean =>
  missedLooks >= (toldAt === undefined ? 1 : confirmedByLooks);

/**
 * What is known after another look, and what of it is news: what has begun, what still lasts after `remindAfterMs`, and
 * what of the told is over. Telling is taken as done.
 */
export const judge = (
  before: readonly Known[],
  seen: readonly Seen[],
  at: number,
  remindAfterMs: number,
): { known: readonly Known[]; news: News } => {
  const all = lookedAgain(before, seen, at);
  const over = all.filter(isOver);
  const left = all.filter((known) => !isOver(known));
  const isNew = ({ toldAt, looks }: Known): boolean => toldAt === undefined && looks >= confirmedByLooks;
  const isDue = ({ remindedAt }: Known): boolean => remindedAt !== undefined && at - remindedAt >= remindAfterMs;
  const begun = left.filter(isNew);
  const lasting = left.filter(isDue);
  const told = new Set([...begun, ...lasting].map(({ id }) => id));
  return {
    known: left.map((known) => (told.has(known.id) ? { ...known, toldAt: known.toldAt ?? at, remindedAt: at } : known)),
    news: { begun, lasting, over: over.filter(({ toldAt }) => toldAt !== undefined) },
  };
};
