import { minutes } from '../domain/duration.js';
import type { Procedure, ProcedureStep } from '../domain/playbook.js';

const attempt = (slot: string, title: string): ProcedureStep => ({
  id: slot,
  title,
  slot,
  parameters: {},
  // A restarted service needs a moment before its health says anything.
  bakeMs: 10_000,
  onFailure: 'next',
});

/** Initial mitigation: one after the other until one is verified to help. A slot that the service leaves empty is passed over. */
export const mitigate: Procedure = {
  id: 'mitigate',
  title: 'Initial mitigation',
  goal: 'firstThatHelps',
  steps: [
    attempt('rollback', 'Roll back the last change'),
    attempt('failover', 'Fail over to the standby'),
    attempt('scale', 'Scale the resources up'),
    attempt('workaround', 'Put the workaround in place'),
  ],
};

const stage = (id: string, title: string, percent: number, bakeMs: number): ProcedureStep => ({
  id,
  title,
  slot: 'deploy',
  parameters: { percent },
  bakeMs,
  onFailure: 'undo',
});

/** Staged deployment of a fix: each stage must hold before the next begins, and a regression takes it back. */
export const deployFix: Procedure = {
  id: 'deployFix',
  title: 'Staged deployment of the fix',
  goal: 'everyStep',
  steps: [
    stage('canary', 'Deploy to a tenth', 10, minutes(5)),
    stage('half', 'Deploy to half', 50, minutes(5)),
    stage('all', 'Deploy to all', 100, minutes(10)),
  ],
};
