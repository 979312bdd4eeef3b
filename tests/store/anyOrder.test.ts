import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliveryStatuses, type Delivery } from '../../src/domain/delivery.js';
import type { Event } from '../../src/domain/event.js';
import type { Projection, Store } from '../../src/store/store.js';
import { alert, crisis, delivery, noted, numbered, projection, start } from './support/crises.js';
import { onBothEngines } from './support/stores.js';

/** What one step of a crisis's life brings: events, and how far its two messages have come. */
const step = fc.record({
  events: fc.array(fc.constantFrom<Event['type']>('noted', 'alerted'), { minLength: 1, maxLength: 3 }),
  first: fc.constantFrom(...deliveryStatuses),
  second: fc.option(fc.constantFrom(...deliveryStatuses), { nil: undefined }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const eventOf = (type: string, at: number): Event =>
  type === 'noted'
    ? noted(`at ${at}`, at)
    : { type: 'alerted', at, tallies: [{ alert: alert(`a${at}`), count: 1 + (at % 3), lastAt: at }] };

/** A life as projections: each brings the events since the one before, or all of them when an earlier one failed. */
const livesOf = (crisisId: string, steps: readonly Step[]): Projection[] => {
  const seen: Event[] = [];
  return steps.map(({ events, first, second }, index) => {
    const from = index % 3 === 2 ? 0 : seen.length;
    for (const type of events) seen.push(eventOf(type, start + seen.length));
    const message = (name: string, status: Delivery['status']) =>
      delivery(`${crisisId}/${name}`, { status, reason: `seen at ${seen.length}` });
    const deliveries = { first: message('first', first), ...(second && { second: message('second', second) }) };
    const state = crisis({ crisisId, correlationKey: crisisId, seq: seen.length, title: `${seen.length}`, deliveries });
    return projection(state, numbered(from, ...seen.slice(from)));
  });
};

/** All that is kept of a crisis, without its name and the moment of writing. */
const keptOf = async (store: Store, crisisId: string): Promise<unknown> => {
  const row = await store.crisis(crisisId);
  const kept = {
    crisis: row && { ...row, updatedAt: 0 },
    timeline: await store.timeline(crisisId),
    deliveries: await store.deliveries(crisisId),
    alerts: await store.alerts({ crisisId, limit: 1_000 }),
  };
  return JSON.parse(JSON.stringify(kept).replaceAll(crisisId, 'it')) as unknown;
};

let lives = 0;

onBothEngines((store) => {
  test('ends with the same rows in whatever order and how often projections come', async () => {
    const life = fc.array(step, { minLength: 1, maxLength: 5 });
    const places = fc.array(fc.nat(), { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(life, places, async (steps, numbers) => {
        const name = `life-${++lives}`;
        for (const each of livesOf(`${name}-straight`, steps)) await store().project(each);

        const shuffled = livesOf(`${name}-shuffled`, steps);
        const placed = [...shuffled, ...shuffled].map((each, index) => ({ each, place: numbers[index] ?? 0 }));
        for (const { each } of placed.sort((a, b) => a.place - b.place)) await store().project(each);

        expect(await keptOf(store(), `${name}-shuffled`)).toEqual(await keptOf(store(), `${name}-straight`));
      }),
      { numRuns: 30 },
    );
  });
});
