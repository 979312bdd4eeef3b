import type { Alert } from './alert.js';
import type { Classification } from './classification.js';
import type { Event } from './event.js';

/** An event with its place on the timeline. */
export type NumberedEvent = { seq: number; event: Event };

/** An alert as it was received, with what became of it. `opened` names the crisis, when it opened or joined one. */
export type AlertRecord = {
  id: string;
  alert: Alert;
  count: number;
  lastAt: number;
  classification: Classification;
  crisisId?: string;
};
