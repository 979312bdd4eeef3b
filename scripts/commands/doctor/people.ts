import { listed } from '../../../src/domain/describe/words.js';
import type { Person } from '../../../src/domain/person.js';
import { rosterAt } from '../../../src/domain/roster.js';
import type { Settings } from '../../../src/domain/settings.js';
import { fail, ok, warn, type Finding } from './finding.js';

/** `up` brings a mailbox for mails that no configured server takes. */
const isWorking = ({ channels }: Settings, { channel }: Person['contacts'][number]): boolean =>
  channel === 'email' || channels[channel] !== undefined;

const wakes = (settings: Settings, person: Person): boolean =>
  person.contacts.some((contact) => contact.urgent && isWorking(settings, contact));

/** Each person, by which channels a page would reach her; named only where it would not, or would not wake her. */
export const examinePeople = (settings: Settings): Finding[] => {
  const people = Object.entries(settings.people);
  const mute = people.flatMap(([id, person]) => {
    if (!person.contacts.some((contact) => isWorking(settings, contact)))
      return [
        fail('people', `${person.name} (${id}) has no contact on a configured channel`, `mend people.${id}.contacts`),
      ];
    return wakes(settings, person)
      ? []
      : [
          warn(
            'people',
            `${person.name} (${id}) has no urgent contact, so no page wakes them`,
            `mend people.${id}.contacts`,
          ),
        ];
  });
  const ways = new Set(people.flatMap(([, { contacts }]) => contacts.map(({ channel }) => channel)));
  return [
    ...mute,
    ...(mute.length === 0 ? [ok('people', `${people.length} people can be reached by ${listed([...ways])}`)] : []),
  ];
};

const seats = ['primary', 'secondary', 'commander'] as const;

const seatOf = (settings: Settings, team: string, seat: (typeof seats)[number], now: number): Finding | string => {
  const roster = rosterAt(settings, team, now);
  const [id] = roster[seat];
  const found = seat === 'primary' ? fail : warn;
  if (id === undefined)
    return found(
      'on call',
      `team ${team} has no ${seat} on call now`,
      `name a schedule in teams.${team}.oncall.${seat}`,
    );
  const person = settings.people[id];
  if (!person) return fail('on call', `the ${seat} of team ${team} is "${id}", whom nobody knows`, `add people.${id}`);
  return `${seat} ${person.name}`;
};

/** Who would be paged now in each team. */
export const examineOnCall = (settings: Settings, now: number): Finding[] =>
  Object.keys(settings.teams).flatMap((team) => {
    const found = seats.map((seat) => seatOf(settings, team, seat, now));
    const filled = found.filter((each) => typeof each === 'string');
    return [
      ...(filled.length > 0 ? [ok('on call', `team ${team}: ${filled.join(', ')}`)] : []),
      ...found.filter((each) => typeof each !== 'string'),
    ];
  });
