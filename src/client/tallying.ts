import type { Alert } from '../domain/alert.js';
import type { Classification } from '../domain/classification.js';
import type { Tally } from '../domain/event.js';

/** An alert as one tally, with how it was classified. */
export const tallyOf = (alert: Alert, { severity, type, rule, why }: Classification): Tally => ({
  alert,
  count: 1,
  lastAt: alert.receivedAt,
  said: { severity, type, rule, why },
});

/** The classification that a tally carries, with the facts of its alert. */
export const classificationOf = ({ alert, said }: Tally): Classification => ({
  severity: 'P1',
  type: 'productionOutage',
  rule: 'nothing-known',
  why: 'Nothing is known of the impact',
  ...said,
  facts: alert.facts,
  also: [],
});

/** Roughly how many bytes an alert takes in a message; labels and details are what make it large. */
export const bytesOf = ({ summary, details = '', labels }: Alert): number =>
  500 + 2 * (summary.length + details.length + JSON.stringify(labels).length);
