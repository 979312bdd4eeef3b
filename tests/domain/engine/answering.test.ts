import { expect, test } from '@jest/globals';
import { decide } from '../../../src/domain/engine/decide.js';
import { blank } from '../../../src/domain/engine/state.js';
import { at, night } from '../../support/night.js';
import { declared, hour, minute, planFor, second, threeInTheMorning } from '../../support/plan.js';

const nothingHelps = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };
const who = (calls: ReturnType<ReturnType<typeof night>['calls']>) => calls.map(([, ...people]) => people);

test('a second responder who declines troubles nobody when the first has answered', () => {
  const { calls, crisis } = night({
    actions: nothingHelps,
    script: [
      at(130 * second, 'acknowledge', { by: 'ana' }),
      at(140 * second, 'decline', { by: 'ben', reason: 'ana has it' }),
    ],
    untilMs: 3 * minute,
  });

  expect(who(calls())).toEqual([['ana'], ['ana'], ['ben']]);
  expect(crisis.acknowledgedBy).toBe('ana');
});

test('whoever has answered and must leave is replaced by somebody else', () => {
  const { calls } = night({
    actions: nothingHelps,
    script: [at(10 * second, 'acknowledge', { by: 'ana' }), at(60 * second, 'decline', { by: 'ana' })],
    untilMs: 90 * second,
  });

  expect(who(calls())).toEqual([['ana'], ['ben']]);
});

test('who declines before being called is passed over', () => {
  const { calls } = night({
    actions: nothingHelps,
    script: [at(10 * second, 'decline', { by: 'ben' })],
    untilMs: 2 * minute + 10 * second,
  });

  expect(who(calls())).not.toContainEqual(['ben']);
  expect(who(calls()).at(-1)).toContain('chris');
});

test('an escalation by the one who answered calls somebody else, never herself', () => {
  const { calls, crisis } = night({
    actions: nothingHelps,
    script: [at(10 * second, 'acknowledge', { by: 'ana' }), at(20 * second, 'escalate', { by: 'ana' })],
    untilMs: 60 * second,
  });

  expect(who(calls())).toEqual([['ana'], ['ben']]);
  expect(crisis.status).toBe('acknowledged');
});

test('an escalation when everyone on call has been paged goes up the ladder', () => {
  const { calls } = night({
    actions: nothingHelps,
    script: [at(5 * minute + second, 'escalate', { by: 'ana' })],
    untilMs: 5 * minute + 10 * second,
  });

  expect(who(calls()).slice(-2)).toEqual([['mia'], ['mia']]);
});

test('a summons rings even while the impact has ended, and ends when the one who is asked declines', () => {
  const { calls, eventsOf } = night({
    actions: nothingHelps,
    script: [
      at(10 * second, 'acknowledge', { by: 'ana' }),
      at(20 * second, 'mitigate', { by: 'ana' }),
      at(30 * second, 'page', { by: 'ana', whom: 'dana', reason: 'the ledger looks odd' }),
      at(40 * second, 'decline', { by: 'dana' }),
    ],
    untilMs: hour,
  });

  expect(who(calls())).toEqual([['ana'], ['dana']]);
  expect(eventsOf('engagementEnded').map(({ reason }) => reason)).toEqual(['Dana cannot come']);
});

test.each([
  ['a stranger', 'ghost', 'nobody is known as "ghost"'],
  ['what every object inherits', 'constructor', 'nobody is known as "constructor"'],
  ['another team', 'team:payments', 'only the rotation of team "checkout" is known here; page a person'],
  ['an unknown rung', 'rung:king', 'there is no rung "king"'],
])('a page to %s is refused in words', (_, whom, why) => {
  const { refusals } = night({ script: [at(second, 'page', { by: 'ana', whom })], untilMs: 2 * second });

  expect(refusals()).toEqual([`cannot page: ${why}`]);
});

test('a person who holds two rungs gets one page for two reasons of one moment, and one answer serves both', () => {
  const ladder = planFor().ladder.map((rung) => ({ ...rung, people: ['vera'] }));
  const { pagesTo, crisis } = night({
    plan: { ladder },
    actions: nothingHelps,
    script: [
      at(second, 'acknowledge', { by: 'ana' }),
      at(10 * second, 'assess', { by: 'ana', facts: { publicAttention: true, highImpact: true } }),
      at(20 * second, 'acknowledge', { by: 'vera' }),
    ],
    untilMs: 10 * minute,
  });

  expect(pagesTo('vera').map(({ channel }) => channel)).toEqual(['email', 'sms']);
  expect(crisis.engagements['rung:ceo']?.answeredBy).toBe('vera');
  expect(crisis.engagements['rung:vp-engineering']?.answeredBy).toBe('vera');
});

test('a forgotten acknowledgement rings on up the steps, and is not forgotten again while it rings', () => {
  const { eventsOf, calls } = night({
    actions: nothingHelps,
    script: [at(second, 'acknowledge', { by: 'ana' })],
    untilMs: 40 * minute,
  });

  expect(eventsOf('ackForgotten')).toHaveLength(1);
  expect(who(calls())).toContainEqual(['mia']);
});

test('pages that came due while we were away become one, to the furthest step, saying how late and what was missed', () => {
  const { eventsOf, effects } = night({
    actions: nothingHelps,
    away: { fromMs: 30 * second, toMs: 4.5 * minute },
    untilMs: 4.6 * minute,
  });

  const [, late] = eventsOf('stepTaken');
  expect(late).toMatchObject({ step: 3, missed: 2, people: ['ana', 'ben', 'dana', 'chris'] });
  expect(late?.late).toBeGreaterThanOrEqual(30 * second);
  const mails = effects.flatMap(({ effect }) => (effect.kind === 'page' && effect.channel === 'email' ? [effect] : []));
  expect(mails.map(({ person }) => person)).toEqual(['ana', 'ana', 'ben', 'dana', 'chris']);
  expect(mails.at(-1)?.message).toMatchObject({ missed: 2 });
});

test('a role is assigned and handed over to people who are known', () => {
  const { crisis, eventsOf, refusals } = night({
    script: [
      at(second, 'assign', { by: 'ana', role: 'scribe', person: 'dana' }),
      at(2 * second, 'handOver', { by: 'chris', person: 'ben', note: 'the vendor calls back at four' }),
      at(3 * second, 'assign', { by: 'ana', role: 'scribe', person: '__proto__' }),
    ],
    untilMs: minute,
  });

  expect(crisis.roles).toMatchObject({ scribe: 'dana', 'incident-commander': 'ben' });
  expect(eventsOf('assigned').map(({ note }) => note)).toContain('the vendor calls back at four');
  expect(refusals()).toHaveLength(1);
});

/** A crisis whose first page was handed out at its beginning. */
const paged = () => {
  const plan = planFor();
  const { crisis, effects } = decide(blank, plan, { type: 'declared', declaration: declared() }, threeInTheMorning);
  const page = effects.find(({ kind }) => kind === 'page');
  if (page?.kind !== 'page') throw new Error('expected a page');
  return { plan, crisis, page };
};

test.each([
  ['in the moment in which it was decided was never begun', 0, 'cancelled'],
  ['later, and of which nobody says what became, may have gone out', 3 * second, 'uncertain'],
])('a page that is called off %s', (_, afterMs, status) => {
  const { plan, crisis, page } = paged();
  const occasion = { type: 'outcome', outcome: { of: page, cancelled: true, error: 'called off' } } as const;
  const after = decide(crisis, plan, occasion, threeInTheMorning + afterMs).crisis;

  expect(after.deliveries[page.key]?.status).toBe(status);
});
