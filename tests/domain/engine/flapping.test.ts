import { expect, test } from '@jest/globals';
import { at, night } from '../../support/night.js';
import { alertOf, hour, minute, threeInTheMorning } from '../../support/plan.js';

const plan = { flapping: { changes: 4, withinMs: 10 * minute } };
/** The alert that opened the crisis changes its word once a minute. */
const changes = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const afterMs = (index + 1) * minute;
    const status = index % 2 === 0 ? ('resolved' as const) : ('firing' as const);
    const receivedAt = threeInTheMorning + afterMs;
    const alert = alertOf({ status, receivedAt });
    return at(afterMs, 'alert', { by: 'firebreak', tallies: [{ alert, count: 1, lastAt: receivedAt }] });
  });

test('an alert that changes its word again and again counts as firing, and people are told so once', () => {
  const { crisis, eventsOf } = night({ plan, script: changes(5), untilMs: 6 * minute });
  expect(eventsOf('flapping')).toMatchObject([{ dedupKey: 'CheckoutDown', changes: 4 }]);
  expect(crisis.alerts['CheckoutDown']).toMatchObject({ status: 'firing', flapping: 'resolved' });
});

test('once it has been steady for as long, its last word holds', () => {
  const { crisis, eventsOf } = night({ plan, script: changes(5), untilMs: hour });
  expect(eventsOf('steady').map((event) => [event.at - threeInTheMorning, event.status])).toEqual([
    [15 * minute, 'resolved'],
  ]);
  expect(crisis.alerts['CheckoutDown']?.status).toBe('resolved');
  expect(eventsOf('alertsCleared').at(-1)?.at).toBe(threeInTheMorning + 15 * minute);
});

test('an alert that clears once is just resolved', () => {
  const { crisis, eventsOf } = night({ plan, script: changes(1), untilMs: hour });
  expect(eventsOf('flapping')).toEqual([]);
  expect(crisis.alerts['CheckoutDown']?.status).toBe('resolved');
});
