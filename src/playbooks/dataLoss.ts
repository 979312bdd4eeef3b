import { hours, minutes } from '../domain/duration.js';
import type { Playbook } from '../domain/playbook.js';
import { stopAndAssess } from './dataLossContainment.js';
import { recover } from './dataLossProcedures.js';
import { backupRecovery } from './dataLossRecovery.js';
import { resumption } from './dataLossResumption.js';

/** Workflow 3 of the seed. */
export const dataLoss: Playbook = {
  type: 'dataLoss',
  title: 'Data loss or corruption',
  phases: [stopAndAssess, backupRecovery, resumption],
  procedures: { recover },
  repeatEveryMs: minutes(30),
  // Corruption shows later than an outage does.
  regressionWatchMs: hours(2),
};
