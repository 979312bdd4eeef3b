import { Temporal } from 'temporal-polyfill';
import { latestFiling, type Filing } from './filing.js';
import { markNames, type Marks } from './mark.js';
import type { Obligation, Start, Term } from './obligation.js';
import { endOfTerm, termSaid } from './term.js';

/** Until when one obligation must be filed. Times are milliseconds since 1970; kept in an event once derived, since zone data changes. */
export type Deadline = {
  obligation: string;
  startsAt: number;
  dueAt: number;
  /** Counted from a filing that is not made yet, taken at its latest; no clock runs on it. */
  expected?: true;
  /** In words, with the source: `72 hours after we became aware of it (GDPR Art. 33(1))`. */
  why: string;
};

type Known = { marks: Marks; obligations: readonly Obligation[]; zone: string; filings: readonly Filing[] };
type Started = { at: number; expected: boolean; says: string };

const startOf = (start: Start, known: Known): Started | undefined => {
  if ('mark' in start) {
    const at = known.marks[start.mark];
    return at === undefined ? undefined : { at, expected: false, says: markNames[start.mark] };
  }
  const before = known.obligations.find(({ id }) => id === start.filing);
  if (!before) return undefined;
  const says = `the filing of "${before.title}"`;
  const filing = latestFiling(known.filings, before.id);
  if (filing?.outcome === 'notRequired') return undefined;
  if (filing) return { at: filing.at, expected: false, says };
  const latest = deadlineOf(before, known);
  return latest && { at: latest.dueAt, expected: true, says };
};

/** The earlier of the two, where the law has a second limit whose start is known. */
const limitedBy = ({ atMost }: Obligation, known: Known): { dueAt: number; says: string } | undefined => {
  const started = atMost && startOf(atMost.from, known);
  return started && { dueAt: endOfTerm(started.at, atMost.within, known.zone), says: said(atMost.within, started) };
};

const said = (term: Term, { says }: Started): string => `${termSaid(term)} after ${says}`;

/** What was known before the law held stays outside it, however late its clock starts. */
const isInForce = ({ inForceFrom }: Obligation, at: number, { marks, zone }: Known): boolean =>
  inForceFrom === undefined ||
  Temporal.PlainDate.from(inForceFrom).toZonedDateTime(zone).epochMilliseconds <= Math.min(at, marks.aware ?? at);

/** A part in time stops the clock; the rest has the same term once more, counted from the part. */
const startedBy = (obligation: Obligation, known: Known): Started | undefined => {
  const filing = latestFiling(known.filings, obligation.id);
  const started = startOf(obligation.from, known);
  return started && filing?.outcome === 'part'
    ? { at: filing.at, expected: false, says: 'its first part was filed' }
    : started;
};

const deadlineOf = (obligation: Obligation, known: Known): Deadline | undefined => {
  const started = startedBy(obligation, known);
  if (!started || !isInForce(obligation, started.at, known)) return undefined;
  const { id, within, source } = obligation;
  const regular = endOfTerm(started.at, within, known.zone);
  const limit = limitedBy(obligation, known);
  const binding = limit && limit.dueAt < regular ? limit : { dueAt: regular, says: said(within, started) };
  return {
    obligation: id,
    startsAt: started.at,
    dueAt: binding.dueAt,
    ...(started.expected && { expected: true as const }),
    why: `${binding.says} (${source})`,
  };
};

const isClosed = ({ id }: Obligation, filings: readonly Filing[]): boolean => {
  const outcome = latestFiling(filings, id)?.outcome;
  return outcome === 'filed' || outcome === 'notRequired';
};

/**
 * What is still to be filed and until when, soonest first, as far as its clock has started or can be expected to. Obligations
 * may count from each other, never in a circle (see `obligationFaults`). Throws on an unknown time zone.
 */
export const deadlinesOf = (
  marks: Marks,
  obligations: readonly Obligation[],
  zone: string,
  filings: readonly Filing[] = [],
): Deadline[] => {
  const known: Known = { marks, obligations, zone, filings };
  return obligations
    .filter((obligation) => !isClosed(obligation, filings))
    .flatMap((obligation) => deadlineOf(obligation, known) ?? [])
    .sort((a, b) => a.dueAt - b.dueAt);
};
