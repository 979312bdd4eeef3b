import type { Declaration } from './occasion.js';
import { separateAttack } from './attack.js';
import { firebreak, record, type Decision } from './decision.js';
import { engageByFacts } from './management.js';
import { openEngagement } from './paging.js';
import { enterPhase } from './phases.js';
import { policyOf, response } from './questions.js';
import { tell } from './telling.js';

/** The first moment: who is paged comes before everything else. */
export const openCrisis = (d: Decision, { tallies, ...declaration }: Declaration): void => {
  record(d, { type: 'declared', ...declaration });
  if (tallies.length > 0) record(d, { type: 'alerted', tallies });
  classifiedAs(d);
};

/** Starts to work as the type and severity say; also for a watch that has just been promoted. */
export const classifiedAs = (d: Decision): void => {
  if (policyOf(d.crisis, d.plan).steps.length > 0) openEngagement(d, response, 'you are on call', []);
  engageByFacts(d);
  enterPhase(d, 0);
  separateAttack(d, firebreak);
  if (d.crisis.type === 'watch') tell(d, 'start');
};
