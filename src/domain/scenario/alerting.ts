import type { Alert } from '../alert.js';
import { classify, type Classification, type Rule } from '../classification.js';
import type { Tally } from '../event.js';
import type { MomentOf, Scenario } from '../scenario.js';

/** The alert of a moment, as a monitor would have sent it. */
export const alertOf = (scenario: Scenario, { alert }: MomentOf<'alert'>, id: string, atMs: number): Alert => ({
  id,
  format: 'generic',
  detection: 'monitoring alert',
  status: alert.status,
  dedupKey: alert.dedupKey ?? scenario.id,
  summary: alert.summary ?? scenario.title,
  service: scenario.service,
  labels: { scenario: scenario.id },
  facts: alert.facts ?? (alert.status === 'firing' ? scenario.facts : {}),
  startedAt: atMs,
  receivedAt: atMs,
});

/** By the rules, unless the scenario names a severity of its own. */
export const classificationOf = (scenario: Scenario, alert: Alert, rules: readonly Rule[]): Classification => {
  const said = classify(alert.facts, rules);
  const { severity } = scenario;
  if (severity === undefined) return said;
  const type = said.type === 'watch' ? 'productionOutage' : said.type;
  return { ...said, severity, type, rule: 'scenario', why: `the scenario says ${severity}` };
};

/** A storm of one cause is one entry that says how often it came. */
export const tallyOf = (alert: Alert, count: number, { severity, type, rule, why }: Classification): Tally => ({
  alert,
  count,
  lastAt: alert.receivedAt,
  said: { severity, type, rule, why },
});
