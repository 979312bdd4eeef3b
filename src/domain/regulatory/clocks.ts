import type { Deadline } from './deadlines.js';
import type { Obligation } from './obligation.js';

/** What the clocks have said of a deadline so far. It holds for that `dueAt` only: a moved deadline is spoken of anew. */
export type Said = { dueAt: number; remindedAt?: number; escalatedAt?: number; escalations: number };
export type SaidOf = Readonly<Record<string, Said>>;

/** One thing the regulatory clocks will do. `at` and `dueAt` in milliseconds since 1970. */
export type RegulatoryDue =
  | { at: number; what: 'deadlineReminder'; obligation: string; dueAt: number }
  /** `times` counts from nought; `rung` is whom it is escalated to. */
  | { at: number; what: 'deadlineOverdue'; obligation: string; dueAt: number; times: number; rung: string };

type Timing = Pick<Obligation, 'remindBeforeMs' | 'escalateEveryMs' | 'escalatesTo'>;

/** An interval of nought would strike for ever at one moment. */
const leastIntervalMs = 60_000;

/** The next reminder not said yet. Those that fell due together, while we were away or before the clock was set, are one. */
const reminderAt = (dueAt: number, { remindBeforeMs }: Timing, said: Said | undefined): number | undefined => {
  if (said?.escalatedAt !== undefined) return undefined;
  const times = remindBeforeMs.map((beforeMs) => dueAt - beforeMs).sort((a, b) => a - b);
  return times.find((at) => at > (said?.remindedAt ?? -Infinity) && at < dueAt);
};

const overdue = ({ obligation, dueAt }: Deadline, timing: Timing, said: Said | undefined): RegulatoryDue => {
  const { escalateEveryMs, escalatesTo } = timing;
  const times = said?.escalations ?? 0;
  const at = said?.escalatedAt === undefined ? dueAt : said.escalatedAt + Math.max(escalateEveryMs, leastIntervalMs);
  const rung = escalatesTo[Math.min(times, escalatesTo.length - 1)] ?? '';
  return { at, what: 'deadlineOverdue', obligation, dueAt, times, rung };
};

const of = (said: SaidOf, { obligation, dueAt }: Pick<Deadline, 'obligation' | 'dueAt'>): Said | undefined =>
  Object.hasOwn(said, obligation) && said[obligation]?.dueAt === dueAt ? said[obligation] : undefined;

/**
 * What the regulatory clocks will do if nothing else happens, soonest first. It only adds and compares, so that it can be
 * asked at every turn of a crisis; the deadlines come out of an event.
 */
export const dueOf = (
  deadlines: readonly Deadline[],
  obligations: readonly Obligation[],
  said: SaidOf = {},
): RegulatoryDue[] => {
  const list: RegulatoryDue[] = [];
  for (const deadline of deadlines) {
    const { obligation, dueAt, expected } = deadline;
    const timing = obligations.find(({ id }) => id === obligation);
    if (!timing || expected) continue;
    const soFar = of(said, deadline);
    const at = reminderAt(dueAt, timing, soFar);
    if (at !== undefined) list.push({ at, what: 'deadlineReminder', obligation, dueAt });
    list.push(overdue(deadline, timing, soFar));
  }
  return list.sort((a, b) => a.at - b.at);
};

/**
 * What has been said once a due item has struck at `at` (milliseconds since 1970). A reminder that strikes after its
 * deadline need not be sent: the escalation of the same moment says more.
 */
export const saidAfter = (said: SaidOf, due: RegulatoryDue, at: number): SaidOf => {
  const soFar: Said = of(said, due) ?? { dueAt: due.dueAt, escalations: 0 };
  const now: Said =
    due.what === 'deadlineReminder'
      ? { ...soFar, remindedAt: at }
      : { ...soFar, escalatedAt: at, escalations: soFar.escalations + 1 };
  return { ...said, [due.obligation]: now };
};
