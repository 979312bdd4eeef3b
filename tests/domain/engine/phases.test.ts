import { expect, test } from '@jest/globals';
import { at, night } from '../../support/night.js';
import { declared, hour, minute, planFor, second, threeInTheMorning } from '../../support/plan.js';

const nothingHelps = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };
const answered = at(30 * second, 'acknowledge', { by: 'ana' });
const since = (ms: number) => ms - threeInTheMorning;

test('each budget that runs out begins the next phase, and the last one repeats', () => {
  const { eventsOf } = night({ actions: nothingHelps, script: [answered], untilMs: 7 * hour });

  expect(eventsOf('phaseEntered').map((e) => [since(e.at), e.phase])).toEqual([
    [0, 0],
    [5 * minute, 1],
    [30 * minute, 2],
  ]);
  const ends = eventsOf('phaseBudgetEnded').map((e) => since(e.at));
  expect(ends.slice(0, 3)).toEqual([5 * minute, 30 * minute, 2 * hour]);
  expect(ends.length).toBeGreaterThan(3);
});

test('management is told rung by rung, the one above at each repeat', () => {
  const { eventsOf } = night({ actions: nothingHelps, script: [answered], untilMs: 12 * hour });

  expect(
    eventsOf('managementTold')
      .map(({ rung }) => rung)
      .slice(0, 5),
  ).toEqual(['engineering-manager', 'engineering-manager', 'vp-engineering', 'cto', 'ceo']);
});

test('a budget that runs out pages those who have not been called, and nobody twice', () => {
  const { calls } = night({ actions: nothingHelps, script: [answered], untilMs: 6 * minute });

  expect(calls().map(([when, ...who]) => [Math.round(when / minute), ...who])).toEqual([
    [0, 'ana'],
    [5, 'ben'],
  ]);
});

test('budgets that ran out while we were away are caught up, and management hears of the last one only', () => {
  const { eventsOf } = night({
    actions: nothingHelps,
    script: [answered],
    away: { fromMs: 2 * minute, toMs: 40 * minute },
    untilMs: 41 * minute,
  });

  expect(eventsOf('phaseBudgetEnded').map((e) => since(e.at))).toEqual([40 * minute, 40 * minute]);
  expect(eventsOf('managementTold')).toHaveLength(1);
});

test('a phase is over when the last of its required tasks is done, also when the system does that one', () => {
  const { eventsOf } = night({
    actions: { rollback: {} },
    script: [answered, at(second, 'complete', { by: 'ana', task: 'assess-scope' })],
    untilMs: 4 * minute,
  });

  expect(eventsOf('phaseEntered').map(({ phase }) => phase)).toEqual([0, 1]);
});

test('a person moves on before the time, and not beyond the last phase', () => {
  const { crisis, refusals } = night({
    actions: nothingHelps,
    script: [1, 2, 3].map((s) => at(s * second, 'advance', { by: 'chris' })),
    untilMs: minute,
  });

  expect(crisis.phase).toBe(2);
  expect(refusals()).toEqual(['cannot advance: this is the last phase; resolve it instead']);
});

test('a severity lowered to P3 rings nobody any more, and management is not woken by the clock', () => {
  const { calls, eventsOf } = night({
    actions: nothingHelps,
    script: [at(90 * second, 'reclassify', { by: 'ana', severity: 'P3', reason: 'only the test shop' })],
    untilMs: 5 * hour,
  });

  expect(calls().every(([when]) => when < 2 * minute)).toBe(true);
  expect(eventsOf('engagementOpened').map(({ engagement }) => engagement)).toEqual(['response']);
});

test('a severity raised again after it was silent pages anew, and nobody is called late', () => {
  const { calls, eventsOf } = night({
    actions: nothingHelps,
    script: [
      at(30 * second, 'reclassify', { by: 'ana', severity: 'P3', reason: 'harmless' }),
      at(2 * hour, 'reclassify', { by: 'ana', severity: 'P0', reason: 'not harmless' }),
    ],
    untilMs: 2 * hour + 90 * second,
  });

  const afterwards = calls().filter(([when]) => when >= 2 * hour);
  expect(afterwards.map(([, ...who]) => who)).toEqual(expect.arrayContaining([['ana']]));
  expect(eventsOf('stepTaken').filter(({ late }) => late !== undefined)).toEqual([]);
});

test('a P1 that lasts too long becomes a P0, counted from when a person made it a P1', () => {
  const { eventsOf } = night({
    plan: { raiseAfterMs: { P1: 2 * hour } },
    actions: nothingHelps,
    script: [answered, at(3 * hour, 'reclassify', { by: 'ana', severity: 'P1', reason: 'half of it works' })],
    untilMs: 6 * hour,
  });

  expect(eventsOf('reclassified').map((e) => [since(e.at), e.classification.severity])).toEqual([
    [3 * hour, 'P1'],
    [5 * hour, 'P0'],
  ]);
});

test('no clock repeats faster than once a second, whatever the configuration says', () => {
  const never = { repeatAfterMs: 0, forgottenAfterMs: 0 };
  const policies = planFor().policies;
  const { events } = night({
    plan: {
      policies: { ...policies, P0: { steps: [{ afterMs: 0, targets: ['person:ghost'] }], ...never } },
      cadence: { updateEveryMs: 0, remindBeforeMs: 0 },
      playbook: { ...planFor().playbook, repeatEveryMs: 0 },
    },
    declaration: declared(),
    actions: nothingHelps,
    untilMs: 3 * second,
  });

  expect(events.length).toBeLessThan(500);
});
