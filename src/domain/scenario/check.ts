import { parseCommand } from '../command.js';
import { actionNames } from '../databaseActions.js';
import type { Scenario } from '../scenario.js';
import { momentsOf } from '../scenario.js';
import type { Settings } from '../settings.js';

/** Commands whose effect is on other crises, which may be live ones. */
const reachesOthers: readonly string[] = ['link', 'merge', 'split', 'alert'];

const among = (known: Iterable<string>): string => {
  const names = [...known];
  return names.length > 0 ? `there are ${names.slice(0, 20).join(', ')}` : 'there are none';
};

/** What a scenario names and the configuration does not have, or cannot happen: each a sentence with its place. */
export const scenarioFaults = (scenario: Scenario, settings: Settings): string[] => {
  const { service, targets, audience, expect, at } = scenario;
  const people = (place: string, ids: readonly string[]) =>
    ids
      .filter((id) => !settings.people[id])
      .map((id) => `${place}: nobody is known as "${id}"; ${among(Object.keys(settings.people))}`);
  const known = actionNames(settings);
  const actions = (place: string, ids: readonly string[]) =>
    ids.filter((id) => !known.includes(id)).map((id) => `${place}: there is no action "${id}"; ${among(known)}`);
  const inMoments = at.flatMap((moment, index): string[] => {
    const place = `at[${index}]`;
    if (moment.after > scenario.until) return [`${place}.after: it comes after the end (until)`];
    if ('answer' in moment) return people(`${place}.answer.by`, [moment.answer.by]);
    if ('actionResult' in moment) return actions(`${place}.actionResult.action`, [moment.actionResult.action]);
    if ('channelFails' in moment)
      return people(
        `${place}.channelFails.person`,
        moment.channelFails.person === undefined ? [] : [moment.channelFails.person],
      );
    if (!('command' in moment)) return [];
    const { name, ...input } = moment.command;
    if (reachesOthers.includes(name))
      return [`${place}.command.name: a rehearsal cannot ${name}: that reaches other crises`];
    const parsed = parseCommand(name, input);
    return [
      ...people(`${place}.command.by`, [moment.command.by]),
      ...('fault' in parsed ? [`${place}.command: ${parsed.fault}`] : []),
    ];
  });
  const first = momentsOf(scenario).find((moment) => 'alert' in moment);
  return [
    ...(settings.services[service]
      ? []
      : [`service: there is no service "${service}"; ${among(Object.keys(settings.services))}`]),
    ...(first && 'alert' in first && first.alert.status === 'resolved'
      ? ['at: the first alert must fire, not resolve']
      : []),
    ...actions('targets', targets),
    ...people('audience.people', audience.people),
    ...people(
      'expect.paged',
      expect.paged.map(({ person }) => person),
    ),
    ...people('expect.notPaged', expect.notPaged),
    ...inMoments,
  ];
};
