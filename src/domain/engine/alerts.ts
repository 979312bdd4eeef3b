import { classify, type Classification } from '../classification.js';
import { isWorse } from '../severity.js';
import type { Tally } from '../event.js';
import { firebreak, record, type Decision } from './decision.js';
import { engageByFacts } from './management.js';
import { openEngagement, takeDueStep } from './paging.js';
import { response } from './questions.js';
import { tell } from './telling.js';

/** Alerts for a crisis that runs: they are counted, may make it worse, and may say that it has come back or is over. */
export const takeAlerts = (d: Decision, tallies: readonly Tally[]): void => {
  const back = comesBack(d, tallies);
  const firingBefore = isFiring(d);
  record(d, { type: 'alerted', tallies });
  if (back !== undefined) regress(d, back);
  reclassifyByFacts(d);
  engageByFacts(d);
  if (firingBefore && !isFiring(d)) record(d, { type: 'alertsCleared', count: Object.keys(d.crisis.alerts).length });
};

const isFiring = ({ crisis }: Decision): boolean =>
  Object.values(crisis.alerts).some(({ status }) => status === 'firing');

/** Only what fires anew after the impact had ended is a regression; a monitor repeating what it said before is not. */
const comesBack = ({ crisis }: Decision, tallies: readonly Tally[]): string | undefined => {
  const since =
    crisis.status === 'mitigated' ? crisis.mitigatedAt : crisis.status === 'resolved' ? crisis.resolvedAt : undefined;
  if (since === undefined) return undefined;
  const anew = tallies.find(({ alert }) => {
    if (alert.status !== 'firing' || (alert.startedAt ?? alert.receivedAt) < since) return false;
    return crisis.alerts[alert.dedupKey]?.status !== 'firing';
  });
  return anew?.alert.summary;
};

export const regress = (d: Decision, reason: string): void => {
  record(d, { type: 'regressed', reason });
  rearm(d, `it has come back: ${reason}`);
  tell(d, 'change');
};

/** The phone rings again, in a new round. */
export const rearm = (d: Decision, reason: string): void => openEngagement(d, response, reason, []);

/** What is known decides anew, and only ever makes it worse by itself; a person may make it better. */
export const reclassifyByFacts = (d: Decision): void => {
  const said = classify(d.crisis.facts, d.plan.rules);
  if (isWorse(said.severity, d.crisis.classification.severity)) reclassify(d, said, firebreak);
};

/** The policy, the clocks and the audiences follow the severity at once. */
export const reclassify = (d: Decision, classification: Classification, by: string): void => {
  const was = d.crisis.classification.severity;
  record(d, { type: 'reclassified', classification, was, by });
  if (was === classification.severity) return;
  if (d.crisis.type === 'watch') {
    if (isWorse(classification.severity, 'P2')) promote(d, by, classification);
    return;
  }
  if (d.crisis.engagements[response]) takeDueStep(d, response);
  else if (isWorse(classification.severity, 'P2')) openEngagement(d, response, 'you are on call', []);
  tell(d, 'change');
};

/** A watch becomes a crisis: the shell goes on as the other workflow type, with that playbook. */
export const promote = (d: Decision, by: string, classification = d.crisis.classification): void => {
  const to = d.plan.promotesTo?.type ?? 'productionOutage';
  if (!isWorse(classification.severity, 'P2'))
    record(d, {
      type: 'reclassified',
      classification: { ...classification, severity: 'P1' },
      was: classification.severity,
      by,
    });
  record(d, { type: 'promoted', to, by });
};
