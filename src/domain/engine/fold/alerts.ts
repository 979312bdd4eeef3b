import { isWorse, worse } from '../../severity.js';
import type { AlertState, CauseState } from '../../crisis.js';
import type { EventOf, Tally } from '../../event.js';
import type { Facts } from '../../facts.js';
import { replace, type Draft } from './draft.js';
import { onTimeFrom } from './paging.js';

/** Beyond so many distinct alerts only their number is kept in the state; the events keep each of them. */
const alertsKept = 200;

/** So many changes of an alert are remembered. */
const changesKept = 20;
/** Beyond so many causes their titles stay in the events alone, and beyond the second number the causes too. */
const titlesKept = 500;
const causesKept = 3_000;

/** As many as a list of facts may have. */
const listedAtMost = 50;

const stateOf = (before: AlertState | undefined, { alert, count, lastAt }: Tally): AlertState => ({
  status: before?.flapping === undefined ? alert.status : 'firing',
  ...(before?.flapping !== undefined && { flapping: alert.status }),
  ...changesOf(before, alert.status, lastAt),
  count: (before?.count ?? 0) + count,
  firstAt: before?.firstAt ?? alert.receivedAt,
  lastAt: Math.max(lastAt, before?.lastAt ?? 0),
  summary: alert.summary,
  format: alert.format,
  detection: alert.detection,
});

const changesOf = (before: AlertState | undefined, status: AlertState['status'], at: number) => {
  const was = before?.flapping ?? before?.status ?? status;
  const changes = was === status ? (before?.changes ?? []) : [...(before?.changes ?? []), at].slice(-changesKept);
  return changes.length > 0 ? { changes } : {};
};

const noteCause = (causes: Map<string, CauseState>, { alert, count, lastAt, said, cause }: Tally): void => {
  const before = cause === undefined ? undefined : causes.get(cause);
  if (cause === undefined || (!before && causes.size >= causesKept)) return;
  const title = causes.size < titlesKept ? alert.summary.slice(0, 100) : '';
  causes.set(cause, {
    title: before?.title ?? title,
    ...(alert.service !== undefined && { service: alert.service }),
    severity: worse(said?.severity ?? 'P3', before?.severity ?? 'P3'),
    firstAt: before?.firstAt ?? alert.receivedAt,
    ...(before?.split && { split: true }),
    status: alert.status,
    count: (before?.count ?? 0) + count,
    lastAt: Math.max(lastAt, before?.lastAt ?? 0),
  });
};

/** What is known grows: a flag once true stays until a person says otherwise, of figures the larger one counts. */
export const mergeFacts = (known: Facts, heard: Facts): Facts => {
  const merged: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(heard)) {
    const before = merged[name];
    if (typeof value === 'number' && typeof before === 'number') merged[name] = Math.max(value, before);
    else if (Array.isArray(value) && Array.isArray(before))
      merged[name] = [...new Set([...(before as string[]), ...value])].slice(0, listedAtMost);
    else if (value === false && before === true) continue;
    else merged[name] = value;
  }
  return merged;
};

const countCauses = (draft: Draft, tallies: readonly Tally[]): void => {
  if (tallies.every(({ cause }) => cause === undefined)) return;
  const causes = new Map(Object.entries(draft.crisis.causes ?? {}));
  for (const tally of tallies) noteCause(causes, tally);
  draft.crisis.causes = Object.fromEntries(causes);
};

const countAlerts = (draft: Draft, tallies: readonly Tally[]): void => {
  const alerts = new Map(Object.entries(draft.crisis.alerts));
  for (const tally of tallies) {
    const known = alerts.get(tally.alert.dedupKey);
    if (known ?? alerts.size < alertsKept) alerts.set(tally.alert.dedupKey, stateOf(known, tally));
  }
  // From entries, since a monitor may call its alert `__proto__`.
  replace(draft, 'alerts', Object.fromEntries(alerts));
};

/** What monitors and people say about the damage. */
export const foldAlerts = {
  alerted: (draft: Draft, e: EventOf<'alerted'>): void => {
    countAlerts(draft, e.tallies);
    countCauses(draft, e.tallies);
    const { crisis } = draft;
    for (const { alert, count } of e.tallies) {
      crisis.alertCount += count;
      if (alert.status !== 'firing') continue;
      if (alert.service !== undefined && !crisis.services.includes(alert.service))
        crisis.services = [...crisis.services, alert.service].slice(0, 100);
      if (alert.startedAt !== undefined) crisis.startedAt = Math.min(crisis.startedAt, alert.startedAt);
      crisis.facts = mergeFacts(crisis.facts, alert.facts);
    }
  },
  alertsCleared: (): void => undefined,
  flapping: (draft: Draft, e: EventOf<'flapping'>): void => {
    const { alerts } = draft.crisis;
    const alert = alerts[e.dedupKey];
    if (!alert) return;
    const held: AlertState = { ...alert, status: 'firing', flapping: alert.flapping ?? alert.status };
    replace(draft, 'alerts', { ...alerts, [e.dedupKey]: held });
  },
  steady: (draft: Draft, e: EventOf<'steady'>): void => {
    const { alerts } = draft.crisis;
    const alert = alerts[e.dedupKey];
    if (!alert) return;
    const { flapping: _flapping, changes: _changes, ...rest } = alert;
    replace(draft, 'alerts', { ...alerts, [e.dedupKey]: { ...rest, status: e.status } });
  },
  assessed: ({ crisis }: Draft, e: EventOf<'assessed'>): void => {
    crisis.facts = { ...crisis.facts, ...e.facts };
    crisis.lastActedAt = e.at;
  },
  reclassified: (draft: Draft, e: EventOf<'reclassified'>): void => {
    const { crisis } = draft;
    const was = crisis.classification.severity;
    const { severity } = e.classification;
    crisis.classification = e.classification;
    // What is learnt of a crisis whose cause is gone calls nobody; that it came back, `reopen` says.
    const isOver = crisis.status === 'resolved' || crisis.status === 'closed';
    if (isWorse(severity, was) && crisis.acknowledgedAt === undefined && !isOver) crisis.quiet = false;
    if (severity === was) return;
    crisis.severitySince = e.at;
    onTimeFrom(draft, e.at);
  },
};
