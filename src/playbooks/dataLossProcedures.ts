import type { Procedure, ProcedureStep } from '../domain/playbook.js';

/** Writes stay stopped until a person decides, whatever fails. */
const step = (slot: string, title: string, more: Partial<ProcedureStep> = {}): ProcedureStep => ({
  id: slot,
  title,
  slot,
  parameters: {},
  bakeMs: 0,
  onFailure: 'ask',
  ...more,
});

/** How many backups, from the newest on, are tried before a person is asked. */
const backupsTried = 5;
const olderBackup = { from: 'restore', times: backupsTried - 1, parameter: 'older' };

/** The seed’s recovery sequence. Restored beside the damaged data, so that a backup that proves bad costs time only. */
export const recover: Procedure = {
  id: 'recover',
  title: 'Data recovery',
  goal: 'everyStep',
  steps: [
    step('stopWrites', 'Stop writes, and show that one fails'),
    step('assess', 'Assess the damage'),
    step('listBackups', 'List the backups, with their age and integrity'),
    step('restore', 'Restore the newest clean backup beside the damaged data', {
      parameters: { older: 0 },
      again: olderBackup,
    }),
    step('validate', 'Validate what was restored', { again: olderBackup }),
    step('switchOver', 'Switch over to what was restored'),
    step('resumeWrites', 'Resume writes'),
    step('watchData', 'Watch the data closely'),
  ],
};
