import { expect, test } from '@jest/globals';
import { at, night } from '../../support/night.js';
import { declared, hour, minute, people, planFor, second } from '../../support/plan.js';

const nothingHelps = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };

/** The milliseconds that looking up the roster takes in the simulation. */
const about = (ms: number) => expect.closeTo(ms, -2);

test('a P0 that nobody answers calls everyone before five minutes are over', () => {
  const { calls } = night({ actions: nothingHelps, untilMs: 5 * minute + second });

  expect(calls().slice(0, 5)).toEqual([
    [about(0), 'ana'],
    [about(1 * minute), 'ana'],
    [about(2 * minute), 'ben'],
    [about(4 * minute), 'ana', 'ben', 'dana', 'chris'],
    [about(5 * minute), 'mia'],
  ]);
});

test('each person is paged on every urgent channel at once', () => {
  const { pagesTo } = night({ actions: nothingHelps, untilMs: second });

  expect(pagesTo('ana').map(({ channel }) => channel)).toEqual(['email', 'sms']);
});

test('an acknowledgement stops the calls', () => {
  const { calls, crisis } = night({
    actions: nothingHelps,
    script: [at(90 * second, 'acknowledge', { by: 'ana' })],
    untilMs: 4 * minute,
  });

  expect(calls()).toHaveLength(2);
  expect(crisis).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ana' });
});

test('an exhausted policy begins again and never falls silent', () => {
  const { eventsOf, calls } = night({ actions: nothingHelps, untilMs: 3 * hour });

  expect(eventsOf('roundEnded').length).toBeGreaterThan(10);
  expect(calls().filter(([, ...who]) => who.includes('ana')).length).toBeGreaterThan(30);
});

test('a step that reaches nobody is noted, and the next step is taken at once', () => {
  const { eventsOf } = night({
    actions: nothingHelps,
    unreachable: people.ana.contacts.map(({ to }) => to),
    untilMs: 30 * second,
  });

  expect(eventsOf('pageSettled').filter(({ status }) => status === 'failed')).toHaveLength(4);
  expect(eventsOf('stepTaken').map(({ people }) => people)).toEqual([['ana'], ['ana'], ['ben']]);
});

test('a page in doubt is tried by another channel at once, and is no reason to pass the person over', () => {
  const ana = { ...people.ana, contacts: people.ana.contacts.map((each, i) => ({ ...each, urgent: i === 0 })) };
  const [mail, telephone] = ana.contacts;
  const roster = { ...planFor().roster, people: { ...people, ana } };
  const { pagesTo, eventsOf } = night({
    plan: { roster },
    actions: nothingHelps,
    doubtful: [mail?.to ?? ''],
    untilMs: 30 * second,
  });

  expect(pagesTo('ana').map(({ to }) => to)).toEqual([mail?.to, telephone?.to]);
  expect(eventsOf('stepTaken').map(({ people: named }) => named)).toEqual([['ana']]);
});

test('a crisis of an older release waits for the clock when a page is in doubt', () => {
  const everybody = Object.values(people).flatMap(({ contacts }) => contacts.map(({ to }) => to));
  const { eventsOf } = night({ plan: { engine: 1 }, actions: nothingHelps, doubtful: everybody, untilMs: minute });

  expect(eventsOf('paged').filter(({ instead }) => instead !== undefined)).toEqual([]);
});

test('a round of which not one message could be sent is tried again half a minute later', () => {
  const everybody = Object.values(people).flatMap(({ contacts }) => contacts.map(({ to }) => to));
  const { eventsOf } = night({ actions: nothingHelps, unreachable: everybody, untilMs: 3 * minute });

  const tries = eventsOf('stepTaken').filter(({ engagement, step }) => engagement === 'response' && step === 0);
  expect(tries.length).toBeGreaterThanOrEqual(4);
});

test('a person whose first channel fails is paged on her next one at once', () => {
  const [email, sms] = people.ana.contacts;
  const roster = {
    ...planFor().roster,
    people: { ...people, ana: { ...people.ana, contacts: [email!, { ...sms!, urgent: false }] } },
  };
  const { pagesTo } = night({
    plan: { roster },
    actions: nothingHelps,
    unreachable: ['ana@example.com'],
    untilMs: 30 * second,
  });

  expect(pagesTo('ana').map(({ channel, instead }) => [channel, instead])).toEqual([
    ['email', undefined],
    ['sms', 'email'],
  ]);
});

test('who declines is passed over, and the next one is called at once', () => {
  const { calls } = night({
    actions: nothingHelps,
    script: [at(10 * second, 'decline', { by: 'ana', reason: 'I am on a train' })],
    untilMs: 20 * second,
  });

  expect(calls()).toEqual([
    [about(0), 'ana'],
    [about(10 * second), 'ben'],
  ]);
});

test('a P1 calls at zero, five and ten minutes', () => {
  const { calls } = night({
    declaration: declared({ partialDegradation: true }),
    actions: nothingHelps,
    untilMs: 11 * minute,
  });
  const response = calls().filter(([, ...who]) => !who.includes('chris') || who.length > 1);

  expect(response.map(([when]) => Math.round(when / minute))).toEqual(expect.arrayContaining([0, 5, 10]));
});

test('management is engaged after an hour and after four', () => {
  const { eventsOf } = night({
    actions: nothingHelps,
    script: [at(minute, 'acknowledge', { by: 'ana' })],
    untilMs: 5 * hour,
  });
  const opened = (id: string) => eventsOf('engagementOpened').find(({ engagement }) => engagement === id)?.at;

  expect(opened('rung:engineering-manager')! - eventsOf('declared')[0]!.at).toBe(hour);
  expect(opened('rung:vp-engineering')! - eventsOf('declared')[0]!.at).toBe(4 * hour);
  expect(opened('rung:ceo')).toBeUndefined();
});

test('publicity calls the CEO at once', () => {
  const { pagesTo } = night({
    actions: nothingHelps,
    script: [at(minute, 'assess', { by: 'ana', facts: { publicAttention: true } })],
    untilMs: 2 * minute,
  });

  expect(pagesTo('eve').length).toBeGreaterThan(0);
});

test('an acknowledged crisis in which nobody acts is called again after fifteen minutes', () => {
  const { eventsOf, calls } = night({
    actions: nothingHelps,
    script: [at(minute, 'acknowledge', { by: 'ana' })],
    untilMs: 17 * minute,
  });

  expect(eventsOf('ackForgotten').map(({ idleMs }) => idleMs)).toEqual([15 * minute]);
  expect(calls().at(-1)?.slice(1)).toContain('ana');
});
