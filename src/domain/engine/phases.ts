import { counted } from '../describe/words.js';
import type { Task } from '../playbook.js';
import { byConfiguration } from './authority.js';
import { firebreak, keyFor, perform, record, type Decision } from './decision.js';
import { pageNextTier, tellRung } from './management.js';
import { startProcedure, startAction } from './procedures.js';
import { isConfigured, whyNoneHelped } from './procedureWords.js';
import { isOpen, isSettled, mayRing, openTasks, phaseOf, repeating, rosterOf } from './questions.js';
import { tell } from './telling.js';

/** Entering a phase starts its automatic work at once, side by side. */
export const enterPhase = (d: Decision, phase: number): void => {
  record(d, { type: 'phaseEntered', phase });
  for (const task of phaseOf(d.crisis, d.plan).tasks) if (task.does && !isSettled(d.crisis, task.id)) automate(d, task);
};

/** Moves on by itself once everything the phase requires is done. A phase that requires nothing ends by command or by its budget. */
export const advanceWhenDone = (d: Decision): void => {
  if (d.crisis.phase >= d.plan.playbook.phases.length - 1 || !isOpen(d.crisis)) return;
  let isRequired = false;
  for (const { id, required } of phaseOf(d.crisis, d.plan).tasks) {
    if (required && !isSettled(d.crisis, id)) return;
    isRequired ||= required;
  }
  if (!isRequired) return;
  enterPhase(d, d.crisis.phase + 1);
  advanceWhenDone(d);
};

/** The budget of a phase has run out, unresolved: the next tier is paged, management hears, and the next phase begins. */
export const endBudget = (d: Decision, phase: number, repeat: number): void => {
  const { phases, repeatEveryMs } = d.plan.playbook;
  const elapsed = d.at - d.crisis.declaredAt;
  const isLast = phase >= phases.length - 1;
  const passed = isLast
    ? Math.max(repeat, Math.floor((elapsed - phases.at(-1)!.untilMs) / repeating(repeatEveryMs)))
    : 0;
  record(d, { type: 'phaseBudgetEnded', phase, repeat: passed, open: openTasks(d.crisis, d.plan).map(({ id }) => id) });

  // After an outage of our own several budgets may be over: people hear of the last one only.
  const superseded = !isLast && phases[phase + 1]!.untilMs <= elapsed;
  if (!superseded) {
    const title = phases[phase]!.title;
    const reason =
      isLast && passed > 0
        ? `still unresolved after "${title}"`
        : `"${title}" has run out of time without a resolution`;
    const rung = rungFor(d, phase, passed);
    if (rung) tellRung(d, rung, reason, `Phase ${phase + 1} has run out of time without a resolution`);
    if (mayRing(d.crisis)) pageNextTier(d, `phase:${phase}:${passed}`, reason);
  }
  if (!isLast) enterPhase(d, phase + 1);
};

/** The rung of the phase; at each repeat the one above. */
const rungFor = ({ plan }: Decision, phase: number, repeat: number): string | undefined => {
  const rung = plan.playbook.phases[phase]?.tellsRung;
  const index = plan.ladder.findIndex(({ id }) => id === rung);
  return index < 0 ? undefined : plan.ladder[Math.min(index + repeat, plan.ladder.length - 1)]?.id;
};

const done = (d: Decision, task: Task, note: string): void =>
  record(d, { type: 'taskDone', task: task.id, by: firebreak, note });
const failed = (d: Decision, task: Task, reason: string): void =>
  record(d, { type: 'taskFailed', task: task.id, reason });

/** The automatic work of a task. What the system cannot do by itself it leaves to the role, saying why. */
const automate = (d: Decision, task: Task): void => {
  const { crisis, plan } = d;
  switch (task.does) {
    case undefined:
      return;
    case 'assignCommander': {
      const [commander] = rosterOf(crisis, plan).commander;
      if (commander === undefined) return failed(d, task, 'nobody is on call as commander');
      if (crisis.roles['incident-commander'] === undefined)
        record(d, {
          type: 'assigned',
          role: 'incident-commander',
          person: commander,
          by: firebreak,
          ...(plan.authority && { vouched: true }),
        });
      return done(d, task, `${rosterOf(crisis, plan).people[commander]?.name ?? commander} is on call as commander`);
    }
    case 'openBridge':
      return plan.bridge === undefined ? failed(d, task, 'no bridge is configured') : done(d, task, plan.bridge);
    case 'tellStakeholders':
      tell(d, 'start');
      return Object.keys(d.crisis.tells).length > 0
        ? undefined
        : failed(d, task, 'no audience is configured for this severity');
    case 'recordStart':
      return done(d, task, new Date(crisis.declaredAt).toISOString());
    case 'recordTimeline':
      return done(d, task, 'every event is on the timeline from the first alert on');
    case 'checkMonitoring':
      return crisis.alertCount > 0
        ? done(
            d,
            task,
            `${counted(crisis.alertCount, 'alert')} received from ${[...new Set(Object.values(crisis.alerts).map(({ detection }) => detection))].join(', ')}`,
          )
        : failed(d, task, 'no monitor has said anything about this; a person must check that they work');
    case 'listAffected': {
      const { usersAffected, usersAffectedPercent } = crisis.facts;
      const services = crisis.services.join(', ') || plan.service.name;
      if (usersAffected === undefined && usersAffectedPercent === undefined)
        return failed(d, task, `services: ${services}; the users hit are not known yet`);
      return done(d, task, `services: ${services}; users: ${usersAffected ?? `${usersAffectedPercent ?? 0} %`}`);
    }
    case 'checkHealth': {
      const verify = plan.slots['verify'];
      if (verify === undefined) return failed(d, task, 'no health check is configured for this service');
      return startAction(
        d,
        verify,
        {},
        'verify',
        { as: 'task', task: task.id },
        firebreak,
        byConfiguration('a health check changes nothing'),
      );
    }
    case 'mitigate':
      return startProcedure(d, 'mitigate', firebreak);
    case 'recover':
      return setOut(d, task, 'recover', 'the recovery is under way');
    case 'contain':
    case 'restoreClean':
      return isConfigured(d, task.does)
        ? setOut(d, task, task.does, 'it is under way')
        : failed(d, task, whyNoneHelped(d, task.does));
    case 'strengthenMonitoring':
      strengthenMonitoring(d);
      return done(d, task, 'probes run at the crisis interval; it ends with the regression watch');
    case 'watchRegression':
      return; // the regression watch itself does it, after the crisis is resolved
  }
};

/** Begins a procedure for a task, which is done once that is under way. */
const setOut = (d: Decision, task: Task, procedure: string, underWay: string): void => {
  startProcedure(d, procedure, firebreak);
  const { status, reason = '' } = d.crisis.procedures[procedure] ?? {};
  return status === 'failed' ? failed(d, task, reason) : done(d, task, underWay);
};

/** Faster probes and the configured actions, for as long as the crisis lasts. */
const strengthenMonitoring = (d: Decision): void => {
  if (d.crisis.monitoring) return;
  const { actions, probes } = d.plan.monitoring;
  record(d, { type: 'monitoringOn', probes });
  if (probes.length > 0)
    perform(d, { kind: 'pace', key: keyFor(d, 'pace', 'crisis', d.crisis.seq), services: probes, pace: 'crisis' });
  for (const action of actions)
    startAction(
      d,
      action,
      {},
      'do',
      { as: 'monitoring' },
      firebreak,
      byConfiguration('configured for the time of a crisis'),
    );
};

/** Back to normal: what was strengthened is undone. */
export const relaxMonitoring = (d: Decision): void => {
  if (!d.crisis.monitoring) return;
  const { actions, probes } = d.plan.monitoring;
  record(d, { type: 'monitoringOff' });
  if (probes.length > 0)
    perform(d, { kind: 'pace', key: keyFor(d, 'pace', 'normal', d.crisis.seq), services: probes, pace: 'normal' });
  for (const action of actions) {
    const undo = d.plan.actions[action]?.undo;
    if (undo !== undefined)
      startAction(
        d,
        undo,
        {},
        'undo',
        { as: 'monitoring' },
        firebreak,
        byConfiguration('undoes what was done at the start'),
      );
  }
};
