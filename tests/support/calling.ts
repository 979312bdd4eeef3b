import type { Settings } from '../../src/domain/settings.js';
import type { Promised } from '../judge/observations.js';
import { never, settingsFor } from './settings.js';

type Sinks = { smtp: number; hook: string };

const byHook: readonly string[] = ['ben', 'chris'];
/** The seats of the test's organisation, and who sits in them, said a second time so that the product can be wrong. */
const rota = [
  { seat: 'primary', person: 'ana' },
  { seat: 'secondary', person: 'ben' },
  { seat: 'commander', person: 'chris' },
  { seat: 'person:dana', person: 'dana' },
] as const;

const seatAt = (step: number) => rota[step % rota.length] ?? rota[0];

/** One person after the other, two of them by mail and two by webhook, so many steps at such a distance. */
export const callingSettings =
  (steps: number, everyMs: number) =>
  (sinks: Sinks): Settings => {
    const { people } = settingsFor({ smtp: sinks.smtp });
    const hooked = byHook.map((person) => [
      person,
      { ...people[person], contacts: [{ channel: 'webhook', to: `${sinks.hook}/${person}` }] },
    ]);
    return settingsFor({
      smtp: sinks.smtp,
      steps: Array.from({ length: steps }, (_, i) => [i * everyMs, seatAt(i).seat] as const),
      budgetsMs: [never, never, never],
      more: {
        people: { ...people, ...Object.fromEntries(hooked) },
        // Only what names a region has something in common; every cause here is a crisis of its own.
        umbrella: { by: ['region'] },
        channels: {
          email: { host: '127.0.0.1', port: sinks.smtp, from: 'Firebreak <firebreak@example.com>' },
          webhook: {
            secret: `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`,
            allowHosts: ['127.0.0.1'],
          },
        },
      },
    });
  };

/** The same as a promise to be judged by. */
export const callingPromise = (steps: number, everyMs: number, hook: string): Promised => ({
  steps: Array.from({ length: steps }, (_, i) => ({ afterMs: i * everyMs, people: [seatAt(i).person] })),
  addresses: Object.fromEntries(
    rota.map(({ person }) => [person, byHook.includes(person) ? `${hook}/${person}` : `${person}@example.com`]),
  ),
});
