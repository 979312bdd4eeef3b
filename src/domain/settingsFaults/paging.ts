import { fault, unknown, unknowns, type Look, type Section, type SettingsFault } from './names.js';

const targetSections: Readonly<Record<string, Section>> = { rung: 'rungs', person: 'people', team: 'teams' };

const targetFaults = (look: Look, target: string, path: SettingsFault['path']): SettingsFault[] => {
  const [kind = '', name] = target.split(':');
  const section = targetSections[kind];
  return section ? unknown(look, section, name, path) : [];
};

/** Policies: whom they page, and steps in the order of their times, since they are taken one after the other. */
export const policyFaults = (look: Look): SettingsFault[] =>
  Object.entries(look.settings.policies).flatMap(([id, { steps }]) =>
    steps.flatMap(({ afterMs, targets }, index) => {
      const path = ['policies', id, 'steps', index];
      const before = steps[index - 1];
      return [
        ...targets.flatMap((target, at) => targetFaults(look, target, [...path, 'targets', at])),
        ...(before && before.afterMs > afterMs
          ? [fault([...path, 'afterMs'], 'comes before the step above it; list the steps in the order of their times')]
          : []),
      ];
    }),
  );

/** The ladder of management: its people, each rung once; and the tellings that name an audience. */
export const ladderFaults = (look: Look): SettingsFault[] => {
  const { ladder, tellings } = look.settings;
  return [
    ...ladder.flatMap(({ id, people }, index) => [
      ...unknowns(look, 'people', people, ['ladder', index, 'people']),
      ...(ladder.findIndex((rung) => rung.id === id) < index
        ? [fault(['ladder', index, 'id'], `there are two rungs "${id}"`)]
        : []),
    ]),
    ...(tellings ?? []).flatMap(({ audience }, index) =>
      unknown(look, 'audiences', audience, ['tellings', index, 'audience']),
    ),
  ];
};
