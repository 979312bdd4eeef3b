import { isWorse } from '../../severity.js';
import type { AlertState, Crisis } from '../../crisis.js';
import type { EventOf, Tally } from '../../event.js';
import type { Facts } from '../../facts.js';

/** Beyond so many distinct alerts only their number is kept in the state; the events keep each of them. */
const alertsKept = 200;

const stateOf = (before: AlertState | undefined, { alert, count, lastAt }: Tally): AlertState => ({
  status: alert.status,
  count: (before?.count ?? 0) + count,
  firstAt: before?.firstAt ?? alert.receivedAt,
  lastAt: Math.max(lastAt, before?.lastAt ?? 0),
  summary: alert.summary,
  format: alert.format,
  detection: alert.detection,
});

/** What is known grows: a flag once true stays until a person says otherwise, of figures the larger one counts. */
export const mergeFacts = (known: Facts, heard: Facts): Facts => {
  const merged: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(heard)) {
    const before = merged[name];
    if (typeof value === 'number' && typeof before === 'number') merged[name] = Math.max(value, before);
    else if (Array.isArray(value) && Array.isArray(before))
      merged[name] = [...new Set([...(before as string[]), ...value])];
    else if (value === false && before === true) continue;
    else merged[name] = value;
  }
  return merged;
};

/** What monitors and people say about the damage. */
export const foldAlerts = {
  alerted: (crisis: Crisis, e: EventOf<'alerted'>): Crisis => {
    const alerts = { ...crisis.alerts };
    let { services, startedAt, facts } = crisis;
    for (const tally of e.tallies) {
      const { alert } = tally;
      if (alerts[alert.dedupKey] ?? Object.keys(alerts).length < alertsKept)
        alerts[alert.dedupKey] = stateOf(alerts[alert.dedupKey], tally);
      if (alert.status !== 'firing') continue;
      if (alert.service !== undefined && !services.includes(alert.service))
        services = [...services, alert.service].slice(0, 100);
      if (alert.startedAt !== undefined) startedAt = Math.min(startedAt, alert.startedAt);
      facts = mergeFacts(facts, alert.facts);
    }
    const more = e.tallies.reduce((sum, { count }) => sum + count, 0);
    return { ...crisis, alerts, services, startedAt, facts, alertCount: crisis.alertCount + more };
  },
  alertsCleared: (crisis: Crisis, _e: EventOf<'alertsCleared'>): Crisis => crisis,
  assessed: (crisis: Crisis, e: EventOf<'assessed'>): Crisis => ({
    ...crisis,
    facts: { ...crisis.facts, ...e.facts },
    lastActedAt: e.at,
  }),
  reclassified: (crisis: Crisis, e: EventOf<'reclassified'>): Crisis => ({
    ...crisis,
    classification: e.classification,
    ...(isWorse(e.classification.severity, crisis.classification.severity) &&
      crisis.acknowledgedAt === undefined && { quiet: false }),
  }),
};
