import { minutes } from '../domain/duration.js';
import type { Cadence, Telling } from '../domain/telling.js';

/**
 * Who hears what and when, where the configuration does not say. Each audience is heard of only when it is configured;
 * what is marked `outside` leaves the house and is never told in a drill.
 */
export const defaultTellings: readonly Telling[] = [
  {
    template: 'engineering-alert',
    audience: 'engineering',
    on: ['start', 'change', 'update', 'end'],
    severities: ['P0', 'P1'],
  },
  // A watch rings nobody's phone: the team hears of it, of what changes, and of its end.
  { template: 'engineering-alert', audience: 'engineering', on: ['start', 'change', 'end'], severities: ['P2'] },
  {
    template: 'management-escalation',
    audience: 'management',
    on: ['start', 'change', 'end'],
    severities: ['P0', 'P1'],
  },
  {
    template: 'customer-mail',
    audience: 'customers',
    on: ['start', 'change', 'update', 'end'],
    severities: ['P0', 'P1'],
  },
  {
    template: 'status-update',
    audience: 'everyone',
    on: ['start', 'change', 'update', 'end'],
    severities: ['P0', 'P1'],
  },
];

/** A security crisis is told to those who must judge it, and to nobody else: not to customers, not to the whole house. */
export const securityTellings: readonly Telling[] = ['legal', 'compliance'].map((audience) => ({
  template: 'legal-notification',
  audience,
  on: ['start', 'change', 'end'],
  severities: ['P0', 'P1'],
}));

/** An update at least every twenty minutes, and a word to its author three minutes before it is due. */
export const defaultCadence: Cadence = { updateEveryMs: minutes(20), remindBeforeMs: minutes(3) };
