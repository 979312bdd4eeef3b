import type { Classification } from '../domain/classification.js';
import type { Alert } from '../domain/alert.js';
import type { Tally } from '../domain/event.js';

export type Classified = { alert: Alert; classification: Classification };

/** One tally for an alert that repeats itself; a change of its status begins another, so that the last word stays the last. */
export const tally = (items: readonly Classified[]): Tally[] => {
  const newest = new Map<string, Tally>();
  const tallies: Tally[] = [];
  for (const { alert, classification } of items) {
    const last = newest.get(alert.dedupKey);
    if (last?.alert.status === alert.status) {
      last.count++;
      last.lastAt = alert.receivedAt;
      continue;
    }
    const { severity, type, rule, why } = classification;
    const fresh: Tally = { alert, count: 1, lastAt: alert.receivedAt, said: { severity, type, rule, why } };
    newest.set(alert.dedupKey, fresh);
    tallies.push(fresh);
  }
  return tallies;
};
