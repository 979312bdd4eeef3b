import { contactFaults } from './people.js';
import { warning, type Look, type SettingsFault } from './names.js';

/** The watchdog: whom it tells, by channels that are there; sharing those of the crises is a weakness worth a word. */
export const watchdogFaults = (look: Look): SettingsFault[] => {
  const { watchdog } = look.settings;
  if (!watchdog) return [];
  const { tell, channels } = watchdog;
  const names = channels ? { ...look.names, channels: new Set(Object.keys(channels)) } : look.names;
  const absent = 'is not configured under channels';
  return [
    ...contactFaults({ ...look, names }, tell, ['watchdog', 'tell']).map((fault) =>
      channels && fault.message.endsWith(absent)
        ? { ...fault, message: fault.message.replace(absent, 'is not configured under watchdog.channels') }
        : fault,
    ),
    ...(channels
      ? []
      : [
          warning(
            ['watchdog', 'tell'],
            'goes by the channels of the crises, and falls silent with them; watchdog.channels gives the watchdog its own',
          ),
        ]),
  ];
};
