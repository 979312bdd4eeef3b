import { expect, test } from '@jest/globals';
import type { SendEffect } from '../../../src/domain/effect.js';
import { at, night } from '../../support/night.js';
import { alertOf, classified, hour, minute, second, threeInTheMorning } from '../../support/plan.js';

const { severity, type, rule, why } = classified({ completeOutage: true });
const said = { severity, type, rule, why };
const under = (cause: string, fields = {}) => ({
  alert: alertOf({ dedupKey: cause, service: cause, ...fields }),
  count: 1,
  lastAt: threeInTheMorning,
  cause,
  said,
});
const sends = (effects: ReturnType<typeof night>['effects']): SendEffect[] =>
  effects.flatMap(({ effect }) => (effect.kind === 'send' ? [effect] : []));

test('a merged crisis hands over what fires, links both, pages nobody more and tells nobody of an end', () => {
  const { crisis, effects, eventsOf, calls } = night({
    script: [at(30 * second, 'merge', { by: 'ana', into: 'region-20260302-abcde', reason: 'the same fire' })],
    untilMs: hour,
  });

  expect(crisis).toMatchObject({ status: 'closed', mergedInto: 'region-20260302-abcde' });
  expect(calls()).toHaveLength(1);
  expect(eventsOf('told').filter(({ occasion }) => occasion === 'end')).toEqual([]);
  const [hand, link] = sends(effects);
  expect(hand).toMatchObject({ to: 'region', command: 'alert', input: { tallies: [{ count: 0, cause: 'shop' }] } });
  expect(link).toMatchObject({ to: 'region', command: 'link', input: { to: 'shop-20260302-abcde' } });
});

test('a crisis that somebody works on is not taken out of her hands: it is only linked', () => {
  const { crisis } = night({
    script: [
      at(10 * second, 'acknowledge', { by: 'ana' }),
      at(20 * second, 'merge', { by: 'firebreak', into: 'umbrella:region-eu', unlessAnswered: true }),
    ],
    untilMs: minute,
  });
  expect(crisis).toMatchObject({
    acknowledgedBy: 'ana',
    links: [{ to: 'umbrella:region-eu', relation: 'belongs with' }],
  });
});

test('a crisis cannot go into itself, and only a cause that is there can be split out, once', () => {
  const { refusals } = night({
    script: [
      at(1 * second, 'merge', { by: 'ana', into: 'shop-20260302-zzzzz' }),
      at(2 * second, 'split', { by: 'ana', cause: 'cart' }),
      at(3 * second, 'alert', { by: 'firebreak', tallies: [under('cart')] }),
      at(4 * second, 'split', { by: 'ana', cause: 'cart' }),
      at(5 * second, 'split', { by: 'ana', cause: 'cart' }),
    ],
    untilMs: minute,
  });
  expect(refusals()).toEqual([
    'cannot merge: a crisis cannot go into itself',
    'cannot split: it has no cause "cart"; it has none beside its own',
    'cannot split: "cart" has been split out already',
  ]);
});

test('a cause that was split out gets its own crisis, and its later alerts, which are not counted here', () => {
  const { crisis, effects } = night({
    script: [
      at(1 * second, 'alert', { by: 'firebreak', tallies: [under('cart'), under('mail')] }),
      at(2 * second, 'split', { by: 'ana', cause: 'cart' }),
      at(3 * second, 'alert', { by: 'firebreak', tallies: [under('cart'), under('mail')] }),
    ],
    untilMs: minute,
  });
  expect(effects.flatMap(({ effect }) => (effect.kind === 'open' ? [effect.cause] : []))).toEqual(['cart']);
  expect(sends(effects)).toMatchObject([{ to: 'cart', command: 'alert' }]);
  expect(crisis.causes).toMatchObject({ cart: { count: 1, split: true }, mail: { count: 2 } });
  expect(crisis.alertCount).toBe(1 + 3);
});

test('alerts for a cause whose own crisis is over by now open a crisis again', () => {
  const resolved = under('cart', { dedupKey: 'other', status: 'resolved' });
  const { effects } = night({
    script: [
      at(1 * second, 'alert', { by: 'firebreak', tallies: [under('cart')] }),
      at(2 * second, 'split', { by: 'ana', cause: 'cart' }),
      at(3 * second, 'alert', { by: 'firebreak', tallies: [resolved] }),
      at(4 * second, 'alert', { by: 'firebreak', tallies: [under('cart'), resolved] }),
    ],
    over: ['cart'],
    untilMs: minute,
  });
  const opened = effects.flatMap(({ effect }) => (effect.kind === 'open' ? [effect] : []));
  expect(opened).toMatchObject([
    { cause: 'cart', tallies: [{ alert: { dedupKey: 'split:cart' } }] },
    { cause: 'cart', tallies: [{ alert: { dedupKey: 'cart' }, count: 1 }] },
  ]);
});

test('what a merged crisis cannot hand over, because the other is over, opens a crisis for its own cause', () => {
  const { effects } = night({
    script: [at(30 * second, 'merge', { by: 'ana', into: 'region-20260302-abcde' })],
    over: ['region'],
    untilMs: hour,
  });
  expect(effects.flatMap(({ effect }) => (effect.kind === 'open' ? [effect.cause] : []))).toEqual(['shop']);
});

test('a crisis is as bad as the worst of its causes', () => {
  const { crisis } = night({
    script: [
      at(1 * second, 'reclassify', { by: 'ana', severity: 'P1', reason: 'half of it works' }),
      at(2 * second, 'alert', { by: 'firebreak', tallies: [under('cart', { facts: {} })] }),
    ],
    untilMs: 3 * second,
  });
  expect(crisis.classification).toMatchObject({ severity: 'P0' });
});
