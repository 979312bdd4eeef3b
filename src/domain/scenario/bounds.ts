import type { ChannelName } from '../delivery.js';
import type { Contact, Person } from '../person.js';
import type { Plan } from '../plan.js';
import type { DrillAudience, Scenario } from '../scenario.js';
import type { Settings } from '../settings.js';

const standInFor = (standIn: Contact, id: string): Contact => ({
  ...standIn,
  to: standIn.to.replaceAll('{person}', id.replace(/[^\w.-]+/g, '-')),
});

const boundPerson = (id: string, person: Person, { people, standIn }: DrillAudience): Person =>
  people.includes(id) || standIn === undefined ? person : { ...person, contacts: [standInFor(standIn, id)] };

/**
 * The configuration as a drill sees it: everyone outside its audience is stood in for, and no probe is touched. Whoever could
 * not be stood in for is still there, so that the attempt is seen and refused where it would leave the house.
 */
export const boundSettings = (settings: Settings, { audience }: Scenario): Settings => {
  const { standIn } = audience;
  return {
    ...settings,
    people: Object.fromEntries(
      Object.entries(settings.people).map(([id, person]) => [id, boundPerson(id, person, audience)]),
    ),
    audiences: Object.fromEntries(
      Object.entries(settings.audiences).map(([id, one]) => [
        id,
        { ...one, contacts: standIn && one.contacts.length > 0 ? [standInFor(standIn, id)] : one.contacts },
      ]),
    ),
  };
};

/** A drill is seen by all and opens no crisis but its own; it changes neither the pace of real probes nor what they watch. */
export const boundPlan = ({ restricted: _open, separatesAttacks: _alone, ...plan }: Plan): Plan => ({
  ...plan,
  monitoring: { ...plan.monitoring, probes: [] },
});

const place = (channel: ChannelName, to: string): string => `${channel}:${to.trim().toLowerCase()}`;

/** Asks of every address whether the drill may reach it. Taken from the unbound settings, so that a slip above is caught here. */
export const mayReach = (settings: Settings, { audience }: Scenario) => {
  const { people, standIn } = audience;
  const own = people.flatMap((id) => settings.people[id]?.contacts ?? []);
  const stoodIn = standIn
    ? [...Object.keys(settings.people), ...Object.keys(settings.audiences)].map((id) => standInFor(standIn, id))
    : [];
  const allowed = new Set([...own, ...stoodIn].map(({ channel, to }) => place(channel, to)));
  return (channel: ChannelName, to: string): boolean => allowed.has(place(channel, to));
};

/** How a refusal begins, on the ledger and on the timeline, so that the scorecard finds it again. */
export const refusedByDrill = 'refused by the drill';
