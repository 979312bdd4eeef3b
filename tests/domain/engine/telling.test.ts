import { expect, test } from '@jest/globals';
import { renderTell } from '../../../src/domain/message/tell.js';
import { engineVersion } from '../../../src/domain/plan.js';
import { templateNames, type TemplateName } from '../../../src/domain/telling.js';
import { at, night } from '../../support/night.js';
import { declared, hour, minute, second, threeInTheMorning } from '../../support/plan.js';

const failing = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };
const answered = at(30 * second, 'acknowledge', { by: 'ana' });
const since = (ms: number) => Math.round((ms - threeInTheMorning) / minute);

test('everyone configured hears at the start, and then every twenty minutes as promised', () => {
  const { eventsOf } = night({ actions: failing, script: [answered], untilMs: 65 * minute });
  const told = (occasion: string, audience: string) =>
    eventsOf('told').filter((e) => e.occasion === occasion && e.audience === audience);

  expect(told('start', 'customers')).toHaveLength(1);
  expect(told('update', 'customers').map((e) => since(e.at))).toEqual([20, 40, 60]);
});

test('the commander is reminded before an update is due, once for each promise', () => {
  const { eventsOf } = night({ actions: failing, script: [answered], untilMs: 41 * minute });

  expect(eventsOf('updateReminded').map((e) => since(e.at))).toEqual([17, 37]);
  expect(eventsOf('told').filter(({ audience }) => audience === 'person:chris')).toHaveLength(2);
});

test('whoever announces keeps the promise and makes the next one', () => {
  const { eventsOf } = night({
    actions: failing,
    script: [answered, at(18 * minute, 'announce', { by: 'chris', audience: 'customers', text: 'We know more.' })],
    untilMs: 39 * minute,
  });

  const updates = eventsOf('told').filter((e) => e.occasion === 'update' && e.audience === 'customers');
  expect(updates.map((e) => [since(e.at), e.text])).toEqual([
    [18, 'We know more.'],
    [38, undefined],
  ]);
});

test('a reminder that we slept through is not sent together with its update', () => {
  const { eventsOf } = night({
    actions: failing,
    script: [answered],
    away: { fromMs: 10 * minute, toMs: 30 * minute },
    untilMs: 31 * minute,
  });

  expect(eventsOf('told').filter(({ audience }) => audience === 'person:chris')).toEqual([]);
  expect(eventsOf('told').filter((e) => e.occasion === 'update' && e.audience === 'customers')).toHaveLength(1);
});

test('a drill tells nobody outside the house', () => {
  const { eventsOf } = night({ declaration: declared(undefined, { mode: 'drill' }), actions: failing, untilMs: hour });

  expect(eventsOf('told').map(({ audience }) => audience)).not.toContain('customers');
});

test('a crisis of two days stays small enough to be carried on', () => {
  const { crisis, events } = night({
    actions: failing,
    script: [answered, at(hour, 'acknowledge', { by: 'ben' })],
    untilMs: 48 * hour,
  });

  expect(events.length).toBeGreaterThan(1_000);
  expect(JSON.stringify(crisis).length).toBeLessThan(200_000);
});

test('people read whole seconds, and nothing of users before something is known of them', () => {
  const said = (engine: number, facts = {}) => {
    const { effects } = night({ plan: { engine }, declaration: declared(facts), untilMs: 1 });
    return effects.flatMap(({ effect }) =>
      effect.kind === 'tell' ? [[effect.fields.duration, effect.fields.impact]] : [],
    )[0];
  };

  expect(said(engineVersion, { paymentFailure: true })).toEqual(['1s', 'Shop cannot take payments']);
  expect(said(engineVersion, { completeOutage: true, usersAffectedPercent: 60 })).toEqual([
    '1s',
    'Shop is not available for about 60 % of users',
  ]);
  // As a crisis that began before tells it to its end.
  expect(said(3, { paymentFailure: true })).toEqual(['0ms', 'Shop cannot take payments for users']);
});

const press = { title: 'Press', people: [], contacts: [], outside: true };
const heardBy = (engine: number, template: TemplateName, script: Parameters<typeof night>[0]['script'] = []) => {
  const tellings = [{ template, audience: 'press', on: ['start' as const], severities: ['P0' as const] }];
  const { effects } = night({ plan: { engine, tellings, audiences: { press } }, script, untilMs: 2 * minute });
  return effects.flatMap(({ effect }) => (effect.kind === 'tell' && effect.audienceId === 'press' ? [effect] : []));
};

test.each(templateNames)('%s goes to whom the configuration names for it', (template) => {
  const [told] = heardBy(engineVersion, template);

  expect(told?.template).toBe(template);
  const { subject, text } = renderTell(template, told!.fields);
  for (const words of [subject, text]) {
    expect(words).not.toBe('');
    expect(words).not.toMatch(/undefined|\{\{/);
  }
});

test('what a person writes for outside goes out in the template of its audience', () => {
  const write = [at(minute, 'announce', { by: 'chris', audience: 'press', text: 'Orders work again.' })];

  expect(heardBy(engineVersion, 'social-media', write).map(({ template }) => template)).toEqual([
    'social-media',
    'social-media',
  ]);
  // As a crisis that began before tells it to its end.
  expect(heardBy(3, 'social-media', write).at(-1)?.template).toBe('customer-mail');
});
