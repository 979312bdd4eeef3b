import { expect, test } from '@jest/globals';
import { Action } from '../../../src/domain/action.js';
import { at, night } from '../../support/night.js';
import { hour, minute, planFor, second } from '../../support/plan.js';

const { actions } = planFor();
const failed = { status: 'failed' as const, summary: 'exit 1' };
const uncertain = { status: 'uncertain' as const, summary: 'the connection broke' };
const healthyNever = { healthy: failed };
const doing = (eventsOf: ReturnType<typeof night>['eventsOf']) =>
  eventsOf('actionStarted').flatMap(({ action, purpose }) =>
    purpose === 'do' && action !== 'debugLogs' ? [action] : [],
  );

test('the first step that is verified to help ends the mitigation', () => {
  const { crisis, eventsOf } = night({ untilMs: minute });

  expect(doing(eventsOf)).toEqual(['rollback']);
  expect(crisis.status).toBe('mitigated');
  expect(crisis.tasks['rollback']?.status).toBe('done');
});

test('a step that fails is followed by the next, and an empty slot is passed over', () => {
  const { eventsOf } = night({
    plan: { actions: { ...actions, scale: { ...actions['scale']!, preAuthorisedForMs: hour } } },
    actions: { rollback: failed },
    untilMs: minute,
  });

  expect(doing(eventsOf)).toEqual(['rollback', 'scale']);
  expect(eventsOf('stepSkipped').map(({ step }) => step)).toEqual([1]);
});

test('a step in doubt that the verification finds done is done', () => {
  const { crisis, eventsOf } = night({ actions: { rollback: uncertain }, untilMs: minute });

  expect(doing(eventsOf)).toEqual(['rollback']);
  expect(crisis.procedures['mitigate']?.status).toBe('succeeded');
});

test('a step in doubt is run once more when it is idempotent, and then a person is asked', () => {
  const { crisis, eventsOf } = night({ actions: { rollback: uncertain, ...healthyNever }, untilMs: minute });

  expect(doing(eventsOf)).toEqual(['rollback', 'rollback']);
  expect(crisis.procedures['mitigate']?.status).toBe('asking');
});

test('a step in doubt that is not idempotent is never run twice', () => {
  const { crisis, eventsOf } = night({
    plan: { actions: { ...actions, rollback: { ...actions['rollback']!, idempotent: false } } },
    actions: { rollback: uncertain, ...healthyNever },
    untilMs: minute,
  });

  expect(doing(eventsOf)).toEqual(['rollback']);
  expect(crisis.procedures['mitigate']?.question).toContain('nobody can say');
});

test('when nothing helps, the mitigation says that a person must find another way', () => {
  const nothingHelps = { rollback: failed, scale: failed };
  const { crisis, eventsOf } = night({ actions: nothingHelps, untilMs: hour });

  expect(crisis.procedures['mitigate']).toMatchObject({ status: 'failed' });
  expect(eventsOf('procedureEnded').map(({ reason }) => reason)).toEqual([
    'no step has helped; a person must find another way',
  ]);
});

test('where nothing is configured, the mitigation says so, since nothing has been tried', () => {
  const { crisis, eventsOf } = night({ plan: { slots: { verify: 'healthy' } }, untilMs: minute });

  expect(eventsOf('procedureEnded').map(({ reason }) => reason)).toEqual([
    expect.stringContaining('no action is configured'),
  ]);
  expect(crisis.tasks['rollback']).toMatchObject({ status: 'failed' });
});

const deploy = Action.parse({ kind: 'command', argv: ['true'], title: 'Deploy', risk: 'safe', verify: 'healthy' });
const deploying = {
  actions: { ...actions, deploy },
  slots: { verify: 'healthy', rollback: 'rollback', deploy: 'deploy' },
};
const byBen = at(10 * second, 'run', { by: 'ben', what: 'deployFix' });
const unhealthyFrom = (nth: number) => [...Array<object>(nth).fill({}), failed];

test('a fix is deployed in stages, each of which must hold before the next', () => {
  const { crisis, eventsOf } = night({
    plan: deploying,
    actions: { rollback: failed },
    script: [byBen],
    untilMs: hour,
  });

  expect(doing(eventsOf).filter((action) => action === 'deploy')).toHaveLength(3);
  expect(eventsOf('stepBaking').filter(({ procedure }) => procedure === 'deployFix')).toHaveLength(3);
  expect(crisis.procedures['deployFix']?.status).toBe('succeeded');
});

test('a stage that does not hold is taken back', () => {
  const { crisis, eventsOf } = night({
    plan: {
      ...deploying,
      actions: { ...deploying.actions, rollback: { ...actions['rollback']!, preAuthorisedForMs: 0 } },
    },
    actions: { healthy: unhealthyFrom(2) },
    script: [byBen],
    untilMs: 20 * minute,
  });

  expect(eventsOf('actionStarted').map(({ purpose }) => purpose)).toContain('undo');
  expect(crisis.procedures['deployFix']).toMatchObject({ status: 'failed', reason: 'it was taken back' });
});

test('a stage that cannot be taken back asks a person', () => {
  const { crisis } = night({
    plan: { ...deploying, slots: { verify: 'healthy', deploy: 'deploy' } },
    actions: { deploy: failed },
    script: [byBen],
    untilMs: minute,
  });

  expect(crisis.procedures['deployFix']).toMatchObject({ status: 'asking' });
});

test('a stage that nobody approves takes nothing back, since nothing was done', () => {
  const guarded = { ...deploy, risk: 'guarded' as const };
  const { crisis, eventsOf } = night({
    plan: { ...deploying, actions: { ...actions, deploy: guarded }, slots: { ...deploying.slots } },
    actions: { rollback: failed },
    script: [byBen],
    untilMs: hour,
  });

  expect(eventsOf('actionStarted').filter(({ purpose }) => purpose === 'undo')).toEqual([]);
  expect(crisis.procedures['deployFix']).toMatchObject({ status: 'failed' });
});

test('a mitigation under way is called off when the crisis is stood down', () => {
  const { crisis, effects } = night({
    script: [at(50, 'standDown', { by: 'chris', reason: 'a test of the monitor' })],
    untilMs: hour,
  });

  expect(crisis.procedures['mitigate']?.status).toBe('cancelled');
  expect(effects.some(({ effect }) => effect.kind === 'cancel')).toBe(true);
  expect(crisis.status).toBe('closed');
});

test.each(['constructor', '__proto__', 'toString'])('"%s" is no procedure, and running it harms nothing', (what) => {
  const { refusals, crisis } = night({ script: [at(second, 'run', { by: 'ana', what })], untilMs: 2 * second });

  expect(refusals()).toEqual([expect.stringContaining(`there is no procedure or action "${what}"`)]);
  expect(Object.keys(crisis.procedures)).toEqual(['mitigate']);
});
