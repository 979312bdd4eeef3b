import type { Alert } from '../alert.js';
import { classify, type Classification, type Rule } from '../classification.js';
import { enrich } from '../enrich.js';
import type { Settings } from '../settings.js';

/** What is known of an alert once it is received, and what follows from it; the same for a live one and a rehearsed one. */
export const receive = (
  alert: Alert,
  facts: Settings['facts'],
  rules: readonly Rule[],
): { alert: Alert; classification: Classification } => {
  const known = enrich(alert, { facts });
  return { alert: known, classification: classify(known.facts, rules) };
};
