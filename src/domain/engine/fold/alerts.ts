import { isWorse, worse } from '../../severity.js';
import type { AlertState, CauseState, Crisis } from '../../crisis.js';
import type { EventOf, Tally } from '../../event.js';
import type { Facts } from '../../facts.js';
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

/** What monitors and people say about the damage. */
export const foldAlerts = {
  alerted: (crisis: Crisis, e: EventOf<'alerted'>): Crisis => {
    const alerts = new Map(Object.entries(crisis.alerts));
    const causes = new Map(Object.entries(crisis.causes ?? {}));
    let { services, startedAt, facts } = crisis;
    for (const tally of e.tallies) {
      const { alert } = tally;
      noteCause(causes, tally);
      const known = alerts.get(alert.dedupKey);
      if (known ?? alerts.size < alertsKept) alerts.set(alert.dedupKey, stateOf(known, tally));
      if (alert.status !== 'firing') continue;
      if (alert.service !== undefined && !services.includes(alert.service))
        services = [...services, alert.service].slice(0, 100);
      if (alert.startedAt !== undefined) startedAt = Math.min(startedAt, alert.startedAt);
      facts = mergeFacts(facts, alert.facts);
    }
    const more = e.tallies.reduce((sum, { count }) => sum + count, 0);
    const known = causes.size > 0 ? { causes: Object.fromEntries(causes) } : {};
    // Entries, since a monitor may call its alert `__proto__`.
    return {
      ...crisis,
      ...known,
      alerts: Object.fromEntries(alerts),
      services,
      startedAt,
      facts,
      alertCount: crisis.alertCount + more,
    };
  },
  alertsCleared: (crisis: Crisis, _e: EventOf<'alertsCleared'>): Crisis => crisis,
  flapping: (crisis: Crisis, e: EventOf<'flapping'>): Crisis => {
    const alert = crisis.alerts[e.dedupKey];
    if (!alert) return crisis;
    const held: AlertState = { ...alert, status: 'firing', flapping: alert.flapping ?? alert.status };
    return { ...crisis, alerts: { ...crisis.alerts, [e.dedupKey]: held } };
  },
  steady: (crisis: Crisis, e: EventOf<'steady'>): Crisis => {
    const alert = crisis.alerts[e.dedupKey];
    if (!alert) return crisis;
    const { flapping: _flapping, changes: _changes, ...rest } = alert;
    return { ...crisis, alerts: { ...crisis.alerts, [e.dedupKey]: { ...rest, status: e.status } } };
  },
  assessed: (crisis: Crisis, e: EventOf<'assessed'>): Crisis => ({
    ...crisis,
    facts: { ...crisis.facts, ...e.facts },
    lastActedAt: e.at,
  }),
  reclassified: (crisis: Crisis, e: EventOf<'reclassified'>): Crisis => ({
    ...crisis,
    classification: e.classification,
    ...(e.classification.severity !== crisis.classification.severity && {
      severitySince: e.at,
      engagements: onTimeFrom(crisis.engagements, e.at),
    }),
    ...(isWorse(e.classification.severity, crisis.classification.severity) &&
      crisis.acknowledgedAt === undefined && { quiet: false }),
  }),
};
