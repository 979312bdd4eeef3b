import type { Contact } from '../person.js';
import { fault, unknown, unknowns, warning, type Look, type SettingsFault } from './names.js';

const zoneFaults = (timeZone: string, path: SettingsFault['path']): SettingsFault[] => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return [];
  } catch {
    return [fault(path, `expected a time zone such as Europe/Berlin; got "${timeZone}"`)];
  }
};

/** What an address of each channel looks like; a telephone number as in E.164. */
const addresses: Record<Contact['channel'], { fits: (to: string) => boolean; expected: string }> = {
  email: { fits: (to) => /^[^\s@<>]+@[^\s@<>]+$/.test(to), expected: 'a mail address' },
  sms: { fits: (to) => /^\+[1-9]\d{6,14}$/.test(to), expected: 'a number with its country, such as +4930123456' },
  webhook: { fits: (to) => /^https?:\/\//.test(to) && URL.canParse(to), expected: 'an http or https URL' },
};

/** Addresses that do not fit their channel, and channels that are not there. */
export const contactFaults = (
  look: Look,
  contacts: readonly Pick<Contact, 'channel' | 'to'>[],
  path: SettingsFault['path'],
): SettingsFault[] =>
  contacts.flatMap(({ channel, to }, index) => {
    const { fits, expected } = addresses[channel];
    const absent = unknown(look, 'channels', channel, [...path, index, 'channel']);
    return [
      ...absent.map((each) => ({ ...each, message: `the channel "${channel}" is not configured under channels` })),
      ...(fits(to) ? [] : [fault([...path, index, 'to'], `expected ${expected}; got "${to}"`)]),
    ];
  });

/** People and audiences: time zones, addresses, and the channels they want to be reached by. */
export const peopleFaults = (look: Look): SettingsFault[] => [
  ...Object.entries(look.settings.people).flatMap(([id, { timeZone, contacts }]) => [
    ...zoneFaults(timeZone, ['people', id, 'timeZone']),
    ...contactFaults(look, contacts, ['people', id, 'contacts']),
  ]),
  ...Object.entries(look.settings.audiences).flatMap(([id, { people, contacts }]) => [
    ...unknowns(look, 'people', people, ['audiences', id, 'people']),
    ...contactFaults(look, contacts, ['audiences', id, 'contacts']),
  ]),
];

/** Schedules: their people, zones, and overrides that end before they begin. */
export const scheduleFaults = (look: Look): SettingsFault[] =>
  Object.entries(look.settings.schedules).flatMap(([id, { people, overrides, timeZone }]) => [
    ...zoneFaults(timeZone, ['schedules', id, 'timeZone']),
    ...unknowns(look, 'people', people, ['schedules', id, 'people']),
    ...people.flatMap((person, index) => {
      const quiet = look.settings.people[person]?.contacts.every(({ urgent }) => !urgent);
      const path = ['schedules', id, 'people', index];
      return quiet ? [warning(path, `${person} is on call here, but has no contact that is urgent`)] : [];
    }),
    ...overrides.flatMap(({ person, from, until }, index) => [
      ...unknown(look, 'people', person, ['schedules', id, 'overrides', index, 'person']),
      ...(from < until ? [] : [fault(['schedules', id, 'overrides', index, 'until'], `expected a time after ${from}`)]),
    ]),
  ]);
