import type { NumberedEvent } from '../domain/record.js';

// Only alerts are large; the others are not worth the writing out.
export const bytesOf = (event: NumberedEvent): number =>
  event.event.type === 'alerted' ? JSON.stringify(event).length : 500;

/** How many of them, from the first, are no more than so many bytes; one in any case. */
const countWithin = (events: readonly NumberedEvent[], atMostBytes: number): number => {
  let [count, bytes] = [0, 0];
  for (const event of events) {
    bytes += bytesOf(event);
    if (count > 0 && bytes > atMostBytes) break;
    count++;
  }
  return count;
};

export const firstOf = (events: readonly NumberedEvent[], atMostBytes: number): NumberedEvent[] =>
  events.slice(0, countWithin(events, atMostBytes));

export const newestOf = (events: readonly NumberedEvent[], atMostBytes: number): NumberedEvent[] =>
  events.slice(events.length - countWithin(events.toReversed(), atMostBytes));
