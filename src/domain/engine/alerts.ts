import { classify, type Classification } from '../classification.js';
import { isWorse } from '../severity.js';
import type { Tally } from '../event.js';
import type { Facts } from '../facts.js';
import { separateAttack } from './attack.js';
import { withoutSplit } from './causes.js';
import { isFiring } from './firing.js';
import { noteFlapping } from './flapping.js';
import { firebreak, record, type Decision } from './decision.js';
import { engageByFacts } from './management.js';
import { own } from './own.js';
import { openEngagement, takeDueStep } from './paging.js';
import { isOpen, isWaiting, response } from './questions.js';
import { tell } from './telling.js';

/** Alerts for a crisis that runs: they are counted, may make it worse, and may say that it has come back or is over. */
export const takeAlerts = (d: Decision, given: readonly Tally[]): void => {
  const tallies = withoutSplit(d, given);
  if (tallies.length === 0) return;
  const back = comesBack(d, tallies);
  const firingBefore = isFiring(d);
  const factsBefore = d.crisis.facts;
  record(d, { type: 'alerted', tallies });
  noteFlapping(d, tallies);
  if (back !== undefined) regress(d, back);
  reclassifyByFacts(d, factsBefore);
  reclassifyByCauses(d, tallies);
  engageByFacts(d);
  separateAttack(d, firebreak);
  if (firingBefore && !isFiring(d)) record(d, { type: 'alertsCleared', count: Object.keys(d.crisis.alerts).length });
};

/** Only what fires anew after the impact had ended is a regression; a monitor repeating what it said before is not. */
const comesBack = ({ crisis }: Decision, tallies: readonly Tally[]): string | undefined => {
  const since =
    crisis.status === 'mitigated' ? crisis.mitigatedAt : crisis.status === 'resolved' ? crisis.resolvedAt : undefined;
  if (since === undefined) return undefined;
  const anew = tallies.find(({ alert }) => {
    if (alert.status !== 'firing' || (alert.startedAt ?? alert.receivedAt) < since) return false;
    return own(crisis.alerts, alert.dedupKey)?.status !== 'firing';
  });
  return anew?.alert.summary;
};

const regress = (d: Decision, reason: string): void => {
  record(d, { type: 'regressed', reason });
  comeBack(d, `it has come back: ${reason}`);
};

/** What was over is not: people are paged in a new round, and whoever heard that it was over hears that it is not. */
export const comeBack = (d: Decision, reason: string): void => {
  if (d.crisis.type === 'watch' && isWorse(d.crisis.classification.severity, 'P2')) return promote(d, firebreak);
  rearm(d, reason);
  engageByFacts(d);
  tell(d, 'change');
};

/** The phone rings again, in a new round. */
export const rearm = (d: Decision, reason: string): void => openEngagement(d, response, reason, []);

/**
 * What is known decides anew, and only ever makes it worse by itself; a person may make it better. Where one has
 * overruled the rules, only what was not known then counts, not a monitor that repeats itself.
 */
export const reclassifyByFacts = (d: Decision, before: Facts): void => {
  const said = classify(d.crisis.facts, d.plan.rules);
  const { severity, rule } = d.crisis.classification;
  if (!isWorse(said.severity, severity)) return;
  if (rule === 'overruled' && !isWorse(said.severity, classify(before, d.plan.rules).severity)) return;
  reclassify(d, said, firebreak);
};

/** An umbrella is as bad as the worst of its causes, each of which was classified by itself. */
const reclassifyByCauses = (d: Decision, tallies: readonly Tally[]): void => {
  const worst = tallies
    .filter(({ alert, cause }) => cause !== undefined && alert.status === 'firing')
    .toSorted((a, b) => (a.said?.severity ?? 'P3').localeCompare(b.said?.severity ?? 'P3'))[0]?.said;
  if (!worst || !isWorse(worst.severity, d.crisis.classification.severity)) return;
  reclassify(d, { ...worst, facts: d.crisis.facts, also: [] }, firebreak);
};

/** The policy, the clocks and the audiences follow the severity at once. */
export const reclassify = (d: Decision, classification: Classification, by: string): void => {
  const was = d.crisis.classification.severity;
  record(d, { type: 'reclassified', classification, was, by });
  if (was === classification.severity) return;
  if (d.crisis.type === 'watch') {
    // What is over rings nobody by being judged anew; if it comes back, it is promoted then.
    if (isWorse(classification.severity, 'P2') && isOpen(d.crisis)) promote(d, by, classification);
    return;
  }
  const engagement = d.crisis.engagements[response];
  const wasSilent = d.plan.policies[was].steps.length === 0;
  if (isWorse(classification.severity, 'P2') && (!engagement || (wasSilent && isWaiting(engagement))))
    openEngagement(d, response, 'you are on call', []);
  else takeDueStep(d, response);
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
