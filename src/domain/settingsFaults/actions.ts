import type { Action } from '../action.js';
import { workFaults } from '../kubernetes.js';
import { placeholderFaults } from '../placeholders.js';
import { fault, unknown, type Look, type SettingsFault } from './names.js';

type Parameter = Action['parameters'][string];

const isExpression = (pattern: string): boolean => {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
};

const parameterFaults = (parameter: Parameter, path: SettingsFault['path']): SettingsFault[] => {
  const { type, pattern, oneOf, default: given } = parameter;
  const faults: SettingsFault[] = [];
  if (pattern !== undefined && !isExpression(pattern))
    faults.push(fault([...path, 'pattern'], `"${pattern}" is not a regular expression`));
  if (given !== undefined && typeof given !== type)
    faults.push(fault([...path, 'default'], `expected a ${type}; got the ${typeof given} ${JSON.stringify(given)}`));
  else if (given !== undefined && oneOf && !oneOf.includes(String(given)))
    faults.push(fault([...path, 'default'], `expected one of ${oneOf.join(', ')}; got ${JSON.stringify(given)}`));
  return faults;
};

/** Where an action’s placeholders stand. */
const filledField: Record<Action['kind'], string> = {
  command: 'argv',
  collect: 'take',
  http: 'url',
  temporal: 'args',
  github: 'work',
  kubernetes: 'work',
  postgres: 'database',
};

/** Actions: the ones that verify and undo them, what their placeholders stand for, and what their parameters allow. */
export const actionFaults = (look: Look): SettingsFault[] =>
  Object.entries(look.settings.actions).flatMap(([id, action]) => {
    const filled = filledField[action.kind];
    return [
      ...unknown(look, 'actions', action.verify, ['actions', id, 'verify']),
      ...unknown(look, 'actions', action.undo, ['actions', id, 'undo']),
      ...placeholderFaults(action).map((message) => fault(['actions', id, filled], message)),
      ...(action.kind === 'kubernetes' ? workFaults(action.work) : []).map((message) =>
        fault(['actions', id, 'work'], message),
      ),
      ...Object.entries(action.parameters).flatMap(([name, parameter]) =>
        parameterFaults(parameter, ['actions', id, 'parameters', name]),
      ),
    ];
  });
