import { countWithin } from '../domain/portion.js';
import type { NumberedEvent } from '../domain/record.js';

// Only alerts are large; the others are not worth the writing out.
export const bytesOf = (event: NumberedEvent): number =>
  event.event.type === 'alerted' ? JSON.stringify(event).length : 500;

const within = (bytes: number) => ({ items: Infinity, bytes, bytesOf });

export const firstOf = (events: readonly NumberedEvent[], atMostBytes: number): NumberedEvent[] =>
  events.slice(0, countWithin(events, within(atMostBytes)));

export const newestOf = (events: readonly NumberedEvent[], atMostBytes: number): NumberedEvent[] =>
  events.slice(events.length - countWithin(events.toReversed(), within(atMostBytes)));
