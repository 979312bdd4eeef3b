import { unknown, unknowns, type Look, type SettingsFault } from './names.js';

/** A silence may call a service by its id or its name, as its alerts do. */
const isKnown = ({ settings }: Look, service: string): boolean =>
  Object.values(settings.services).some(({ name }) => name === service);

/** Silences and maintenance windows: one of a service that nobody has hides nothing, and somebody thinks it does. */
export const quietFaults = (look: Look): SettingsFault[] => [
  ...Object.entries(look.settings.silences).flatMap(([id, { match }]) => {
    const { service } = match;
    if (service === undefined || isKnown(look, service)) return [];
    return unknown(look, 'services', service, ['silences', id, 'match', 'service']);
  }),
  ...Object.entries(look.settings.maintenance).flatMap(([id, { services }]) =>
    unknowns(look, 'services', services, ['maintenance', id, 'services']),
  ),
];
