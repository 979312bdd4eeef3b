import { minutes } from '../domain/duration.js';
import type { Playbook } from '../domain/playbook.js';
import { immediateResponse } from './outageImmediate.js';
import { investigation } from './outageInvestigation.js';
import { deployFix, mitigate } from './outageProcedures.js';
import { resolution } from './outageRecovery.js';

/** Workflow 1 of the seed. */
export const productionOutage: Playbook = {
  type: 'productionOutage',
  title: 'Production outage',
  phases: [immediateResponse, investigation, resolution],
  procedures: { mitigate, deployFix },
  repeatEveryMs: minutes(30),
  regressionWatchMs: minutes(30),
};
