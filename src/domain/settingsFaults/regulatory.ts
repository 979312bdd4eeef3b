import { obligationFaults, obligationsOf } from '../regulatory/obligations.js';
import { fault, warning, type Look, type SettingsFault } from './names.js';

const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

/** Whether deadlines can be derived, and whether those to whom they escalate are there. */
export const regulatoryFaults = ({ settings, names }: Look): SettingsFault[] => {
  const { regimes, zone, obligations } = settings.regulatory;
  const all = obligationsOf(regimes, obligations);
  const rungs = names.rungs === 'anything' ? [] : [...new Set(all.flatMap(({ escalatesTo }) => escalatesTo))];
  const missing = rungs.filter((rung) => names.rungs !== 'anything' && !names.rungs.has(rung));
  return [
    ...(isZone(zone)
      ? []
      : [fault(['regulatory', 'zone'], `expected a time zone, such as Europe/Berlin; got "${zone}"`)]),
    ...obligationFaults(all).map((message) => fault(['regulatory', 'obligations'], message)),
    ...missing.map((rung) =>
      warning(['regulatory', 'regimes'], `an overdue filing escalates to "${rung}", which is no rung of the ladder`),
    ),
  ];
};
