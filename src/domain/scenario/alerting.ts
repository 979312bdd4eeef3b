import type { Alert } from '../alert.js';
import type { Classification, Rule } from '../classification.js';
import type { Tally } from '../event.js';
import { receive } from '../intake/receiving.js';
import type { MomentOf, Scenario } from '../scenario.js';
import type { Settings } from '../settings.js';

/** The alert of a moment, as a monitor would have sent it. */
const alertOf = (scenario: Scenario, { alert }: MomentOf<'alert'>, id: string, atMs: number): Alert => ({
  id,
  format: 'generic',
  detection: 'monitoring alert',
  status: alert.status,
  dedupKey: alert.dedupKey ?? scenario.id,
  summary: alert.summary ?? scenario.title,
  service: scenario.service,
  labels: { ...alert.labels, scenario: scenario.id },
  facts: alert.facts ?? (alert.status === 'firing' ? scenario.facts : {}),
  startedAt: atMs,
  receivedAt: atMs,
});

/** What the configuration knows of alerts, and what it makes of them. */
export type Intake = { facts: Settings['facts']; rules: readonly Rule[] };

/** The alert as intake takes it, by the same facts and rules as a live one, unless the scenario names a severity of its own. */
export const receivedOf = (
  scenario: Scenario,
  moment: MomentOf<'alert'>,
  { id, at }: { id: string; at: number },
  { facts, rules }: Intake,
): { alert: Alert; classification: Classification } => {
  const { alert, classification: said } = receive(alertOf(scenario, moment, id, at), facts, rules);
  const { severity } = scenario;
  if (severity === undefined) return { alert, classification: said };
  const type = said.type === 'watch' ? 'productionOutage' : said.type;
  const why = `the scenario says ${severity}`;
  return { alert, classification: { ...said, severity, type, rule: 'scenario', why } };
};

/** A storm of one cause is one entry that says how often it came. */
export const tallyOf = (alert: Alert, count: number, { severity, type, rule, why }: Classification): Tally => ({
  alert,
  count,
  lastAt: alert.receivedAt,
  said: { severity, type, rule, why },
});
