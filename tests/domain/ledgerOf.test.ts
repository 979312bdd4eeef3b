import { expect, test } from '@jest/globals';
import { ledgerOf } from '../../src/domain/ledgerOf.js';
import { at, night } from '../support/night.js';
import { hour, second } from '../support/plan.js';

const nothingHelps = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };

test('the events tell of every message that was intended, however long ago the state has let go of it', () => {
  const { events, effects, crisis } = night({ actions: nothingHelps, untilMs: 3 * hour });
  const rows = ledgerOf(events);
  const pages = effects.flatMap(({ effect }) => (effect.kind === 'page' ? [effect.key] : []));

  expect(Object.keys(rows)).toEqual(expect.arrayContaining(pages));
  expect(Object.keys(crisis.deliveries).length).toBeLessThan(Object.keys(rows).length / 3);
});

test('a row told by events is the very row that the state had', () => {
  const { events, crisis } = night({
    actions: nothingHelps,
    script: [at(300 * second, 'note', { by: 'ana', text: 'looking' })],
    untilMs: 400 * second,
  });

  expect(Object.entries(ledgerOf(events))).toEqual(Object.entries(crisis.deliveries));
});
