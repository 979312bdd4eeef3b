import type { Tally } from '../event.js';
import { isFiring } from './firing.js';
import { record, type Decision } from './decision.js';

/** An alert that cannot make up its mind counts as firing, and people are told so once. */
export const noteFlapping = (d: Decision, tallies: readonly Tally[]): void => {
  const rule = d.plan.flapping;
  if (!rule) return;
  for (const dedupKey of new Set(tallies.map(({ alert }) => alert.dedupKey))) {
    const alert = d.crisis.alerts[dedupKey];
    if (!alert || alert.flapping !== undefined) continue;
    const changes = (alert.changes ?? []).filter((at) => at > d.at - rule.withinMs).length;
    if (changes >= rule.changes)
      record(d, { type: 'flapping', dedupKey, summary: alert.summary, changes, withinMs: rule.withinMs });
  }
};

/** It has been steady for long enough: what it last said holds. */
export const takeItsWord = (d: Decision, dedupKey: string): void => {
  const alert = d.crisis.alerts[dedupKey];
  if (alert?.flapping === undefined) return;
  record(d, { type: 'steady', dedupKey, summary: alert.summary, status: alert.flapping });
  if (!isFiring(d)) record(d, { type: 'alertsCleared', count: Object.keys(d.crisis.alerts).length });
};
