import type { Actor } from '../event.js';
import { firebreak, keyFor, perform, record, type Decision } from './decision.js';
import { relaxMonitoring } from './phases.js';
import { cancelProcedures } from './procedures.js';
import { isSettled, isWaiting, openDeadlines, taskDoing } from './questions.js';
import { tell } from './telling.js';

/** The cause is gone: what still runs is called off, and the regression watch begins. */
export const resolve = (d: Decision, actor: Actor, reason: string | undefined): void => {
  const watchUntil = d.at + d.plan.playbook.regressionWatchMs;
  record(d, { type: 'resolved', watchUntil, ...actor, ...(reason !== undefined && { reason }) });
  callOff(d, 'the crisis is resolved');
  tell(d, 'change');
};

/** Nothing has come back while we watched. The crisis closes, unless a regulator still waits for something. */
export const endRegressionWatch = (d: Decision): void => {
  const task = taskDoing(d.plan, 'watchRegression');
  if (task && !isSettled(d.crisis, task.id))
    record(d, {
      type: 'taskDone',
      task: task.id,
      by: firebreak,
      note: 'nothing has come back during the regression watch',
    });
  const waitsFor = openDeadlines(d.crisis).map(({ obligation }) => obligation);
  if (waitsFor.length === 0) return close(d, 'the regression watch has ended quietly');
  relaxMonitoring(d);
  record(d, { type: 'watchEnded', waitsFor });
};

/** The end: everyone who was told hears it, monitoring goes back to normal, the archive is written. */
export const close = (d: Decision, reason: string): void => {
  callOff(d, reason);
  relaxMonitoring(d);
  record(d, { type: 'closed', reason });
  tell(d, 'end');
  perform(d, { kind: 'archive', key: keyFor(d, 'archive') });
};

/** It goes on elsewhere: nobody is told of an end that is none. */
export const leaveFor = (d: Decision, reason: string): void => {
  callOff(d, reason);
  relaxMonitoring(d);
  record(d, { type: 'closed', reason });
  perform(d, { kind: 'archive', key: keyFor(d, 'archive') });
};

const callOff = (d: Decision, reason: string): void => {
  cancelProcedures(d, reason);
  for (const { request, status } of Object.values(d.crisis.approvals))
    if (status === 'open') record(d, { type: 'approvalLapsed', request });
  for (const { id } of Object.values(d.crisis.engagements).filter(isWaiting))
    record(d, { type: 'engagementEnded', engagement: id, reason });
  const pages = Object.values(d.crisis.deliveries).filter(
    ({ kind, status }) => kind === 'page' && status === 'intended',
  );
  if (pages.length > 0) perform(d, { kind: 'cancel', keys: pages.map(({ key }) => key) });
};
