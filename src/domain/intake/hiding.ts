import type { Alert } from '../alert.js';
import type { Classification } from '../classification.js';
import { matchable, meetsAll } from '../enrich.js';
import type { Settings } from '../settings.js';

type Configured = Pick<Settings, 'silences' | 'maintenance' | 'services'>;

const lasts = ({ from, until }: { from?: string | undefined; until: string }, at: number): boolean =>
  (from === undefined || Date.parse(from) <= at) && at < Date.parse(until);

/** The service as the configuration calls it, by its id or its name. */
const idOf = (services: Settings['services'], named: string): string =>
  Object.entries(services).find(([id, { name }]) => id === named || name?.toLowerCase() === named.toLowerCase())?.[0] ??
  named;

/** By its kind and name, with who is behind it. */
export type Hiding = Required<Pick<Classification, 'hiddenBy' | 'hidden'>>;

const hidingOf = (
  hiddenBy: string,
  { by, reason, until }: { by?: string | undefined; reason: string; until: string },
): Hiding => ({
  hiddenBy,
  hidden: { ...(by !== undefined && { by }), reason, until: Date.parse(until) },
});

/**
 * What keeps an alert from calling anybody at a moment (milliseconds since 1970), by its kind and name: `silence noisy-disk`,
 * `maintenance db-upgrade`. A person's report is never hidden, nor is what says that something is over.
 */
export const hiddenBy = (
  { silences, maintenance, services }: Configured,
  alert: Alert,
  at: number,
): Hiding | undefined => {
  if (alert.format === 'report' || alert.status === 'resolved') return undefined;
  const silence = Object.entries(silences).find(([, one]) => lasts(one, at) && meetsAll(matchable(alert), one.match));
  if (silence) return hidingOf(`silence ${silence[0]}`, silence[1]);
  const works = Object.entries(maintenance).filter(([, one]) => lasts(one, at));
  // In a storm the way through all services for each alert would be felt.
  if (alert.service === undefined || works.length === 0) return undefined;
  const service = idOf(services, alert.service);
  const work = works.find(([, { services: those }]) => those.includes(service));
  return work && hidingOf(`maintenance ${work[0]}`, work[1]);
};
