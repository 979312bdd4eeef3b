import { hours } from '../domain/duration.js';
import type { Playbook } from '../domain/playbook.js';
import { containment } from './securityContainment.js';
import { forensicInvestigation } from './securityInvestigation.js';
import { contain, restoreClean } from './securityProcedures.js';
import { eradication } from './securityRecovery.js';

/** Workflow 2 of the seed, with the fourteen points that experienced responders check. */
export const securityIncident: Playbook = {
  type: 'securityIncident',
  title: 'Security incident',
  phases: [containment, forensicInvestigation, eradication],
  procedures: { contain, restoreClean },
  repeatEveryMs: hours(4),
  // Whoever was thrown out tries again within a day more often than later.
  regressionWatchMs: hours(24),
};
