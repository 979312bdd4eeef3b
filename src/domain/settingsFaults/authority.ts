import { unknowns, warning, type Look, type SettingsFault } from './names.js';

/** Authority: the rungs that hear of broken glass, and approvals that the engine would ask for all the same. */
export const authorityFaults = (look: Look): SettingsFault[] => [
  ...unknowns(look, 'rungs', look.settings.authority.breakGlass.rungs, ['authority', 'breakGlass', 'rungs']),
  ...Object.entries(look.settings.actions).flatMap(([id, { risk, approvals, preAuthorisedForMs }]) =>
    risk === 'destructive' && approvals === 0 && preAuthorisedForMs === 0
      ? [warning(['actions', id, 'approvals'], 'what is destructive asks for one approval all the same; got 0')]
      : [],
  ),
];
