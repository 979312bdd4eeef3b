import type { Procedure, ProcedureStep } from '../domain/playbook.js';

/** Writes stay stopped until a person decides, whatever fails. */
const step = (slot: string, title: string, more: Partial<ProcedureStep> = {}): ProcedureStep => ({
  id: slot,
  title,
  slot,
  parameters: {},
  bakeMs: 0,
  onFailure: 'ask',
  verifiesItself: true,
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
  needsAllSlots: true,
  whenStuck: { page: ['commander'], tellsRung: 'engineering-manager' },
  steps: [
    step('stopWrites', 'Stop writes, and show that one fails', { completes: ['stop-writes'] }),
    step('assess', 'Assess the damage', { optional: true }),
    step('listBackups', 'List the backups, with their age and integrity', { completes: ['assess-corruption'] }),
    step('restore', 'Restore the newest clean backup beside the damaged data', {
      parameters: { older: 0 },
      again: olderBackup,
    }),
    step('validate', 'Validate what was restored', { again: olderBackup, completes: ['validate-data'] }),
    step('switchOver', 'Switch over to what was restored', {
      completes: ['keep-damaged', 'recover', 'quantify-loss'],
    }),
    step('resumeWrites', 'Resume writes', { completes: ['resume'] }),
    step('watchData', 'Watch the data closely', { optional: true }),
  ],
};
