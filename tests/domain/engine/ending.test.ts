import { expect, test } from '@jest/globals';
import { at, night } from '../../support/night.js';
import { alertOf, declared, hour, minute, second, threeInTheMorning } from '../../support/plan.js';

const nothingHelps = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };
const answered = at(30 * second, 'acknowledge', { by: 'ana' });
const resolved = at(minute, 'resolve', { by: 'ana', reason: 'the cause is gone' });
const says = (afterMs: number, fields: Parameters<typeof alertOf>[0]) => {
  const time = threeInTheMorning + afterMs;
  const alert = alertOf({ receivedAt: time, ...fields });
  return at(afterMs, 'alert', { by: 'intake', tallies: [{ alert, count: 1, lastAt: time }] });
};

test('a crisis that nobody has acknowledged cannot be resolved', () => {
  const { refusals } = night({ actions: nothingHelps, script: [resolved], untilMs: 2 * minute });

  expect(refusals()).toEqual(['cannot resolve: nobody has acknowledged it']);
});

test('resolving wants the recovery validation done, or a reason', () => {
  const { refusals, crisis } = night({
    actions: nothingHelps,
    script: [
      answered,
      at(40 * second, 'resolve', { by: 'ana' }),
      ...['verify-operational', 'confirm-access', 'check-data'].map((task, i) =>
        at((50 + i) * second, 'complete', { by: 'ana', task }),
      ),
      at(60 * second, 'resolve', { by: 'ana' }),
    ],
    untilMs: 2 * minute,
  });

  expect(refusals()).toEqual([expect.stringContaining('the recovery validation is not done: Verify all systems')]);
  expect(crisis.status).toBe('resolved');
});

test('after a quiet regression watch it is closed, told to all who were told, and archived', () => {
  const { crisis, eventsOf, effects } = night({
    actions: nothingHelps,
    script: [answered, resolved],
    untilMs: 30 * hour,
  });

  expect(crisis.status).toBe('closed');
  const told = (occasion: string) => eventsOf('told').flatMap((e) => (e.occasion === occasion ? [e.audience] : []));
  expect(told('end')).toEqual(told('start'));
  expect(effects.at(-1)?.effect.kind).not.toBe('page');
  expect(effects.some(({ effect }) => effect.kind === 'archive')).toBe(true);
  expect(crisis.monitoring).toBe(false);
});

test('customers who heard of the outage hear of its end, also when it turned out to be less', () => {
  const { eventsOf } = night({
    actions: nothingHelps,
    script: [answered, at(40 * second, 'reclassify', { by: 'ana', severity: 'P3', reason: 'small' }), resolved],
    untilMs: 30 * hour,
  });

  const last = eventsOf('told').filter(({ occasion }) => occasion === 'end');
  expect(last.map(({ audience }) => audience)).toContain('customers');
});

test('what fires anew while we watch pages again in a new round; a monitor that repeats itself does not', () => {
  const old = night({
    actions: nothingHelps,
    script: [answered, resolved, says(2 * minute, { startedAt: threeInTheMorning })],
    untilMs: 3 * minute,
  });
  const anew = night({
    actions: nothingHelps,
    script: [
      answered,
      says(50 * second, { status: 'resolved' }),
      resolved,
      says(2 * minute, { startedAt: threeInTheMorning + 2 * minute }),
    ],
    untilMs: 2 * minute + 10 * second,
  });

  expect(old.crisis.status).toBe('resolved');
  expect(anew.crisis.status).toBe('triggered');
  expect(anew.calls().at(-1)?.slice(1)).toEqual(['ana']);
});

test('a reopening pages anew and tells whoever had heard that it was over', () => {
  const { calls, eventsOf } = night({
    actions: nothingHelps,
    script: [answered, resolved, at(3 * minute, 'reopen', { by: 'dana', reason: 'still broken in Asia' })],
    untilMs: 3 * minute + 10 * second,
  });

  expect(calls().at(-1)?.slice(1)).toEqual(['ana']);
  const since = eventsOf('told').filter((e) => e.at === threeInTheMorning + 3 * minute);
  expect(since.map(({ audience }) => audience)).toContain('customers');
  expect(eventsOf('stepTaken').at(-1)?.late).toBeUndefined();
});

test('a manager who was called off before she answered is called again when it is reopened', () => {
  const { pagesTo } = night({
    actions: nothingHelps,
    script: [
      answered,
      at(65 * minute, 'resolve', { by: 'ana', reason: 'gone' }),
      at(66 * minute, 'reopen', { by: 'ana', reason: 'back' }),
    ],
    untilMs: 67 * minute,
  });

  expect(pagesTo('mia').filter(({ at }) => at >= threeInTheMorning + 66 * minute).length).toBeGreaterThan(0);
});

test('a person’s word that the impact has ended silences the phones, a machine’s does not', () => {
  const byPerson = night({
    actions: nothingHelps,
    script: [at(10 * second, 'mitigate', { by: 'ana' })],
    untilMs: hour,
  });
  const byMachine = night({ untilMs: hour });

  expect(byPerson.calls()).toHaveLength(1);
  expect(byMachine.crisis.status).toBe('mitigated');
  expect(byMachine.calls().length).toBeGreaterThan(5);
});

test('more alerts are counted, their services and facts gathered, and worse facts make it worse', () => {
  const { crisis, eventsOf } = night({
    declaration: declared({ partialDegradation: true }),
    actions: nothingHelps,
    script: [
      says(10 * second, { facts: { usersAffectedPercent: 20, regions: ['eu'] } }),
      says(20 * second, { dedupKey: 'Cart', service: 'cart', facts: { completeOutage: true, regions: ['us', 'eu'] } }),
      says(30 * second, { facts: { completeOutage: false, usersAffectedPercent: 10 } }),
    ],
    untilMs: minute,
  });

  expect(crisis).toMatchObject({ alertCount: 4, services: ['shop', 'cart'], classification: { severity: 'P0' } });
  expect(crisis.facts).toMatchObject({ completeOutage: true, usersAffectedPercent: 20, regions: ['eu', 'us'] });
  expect(eventsOf('reclassified')).toHaveLength(1);
});

test('a person’s judgement stands against a monitor that only repeats what it said', () => {
  const { crisis } = night({
    actions: nothingHelps,
    script: [
      answered,
      at(40 * second, 'reclassify', { by: 'ana', severity: 'P1', reason: 'half of the tills work' }),
      says(50 * second, { facts: { completeOutage: true } }),
    ],
    untilMs: minute,
  });

  expect(crisis.classification).toMatchObject({ severity: 'P1', rule: 'overruled' });
});

test('all alerts resolved is said once', () => {
  const { eventsOf } = night({
    actions: nothingHelps,
    script: [says(10 * second, { status: 'resolved' }), says(20 * second, { status: 'resolved' })],
    untilMs: minute,
  });

  expect(eventsOf('alertsCleared')).toHaveLength(1);
});

test.each(['__proto__', 'constructor'])('an alert called "%s" is an alert like any other', (dedupKey) => {
  const { crisis } = night({ actions: nothingHelps, script: [says(second, { dedupKey })], untilMs: 2 * second });

  expect(Object.keys(crisis.alerts)).toContain(dedupKey);
});
