import type { Action } from '../domain/action.js';
import type { Settings } from '../domain/settings.js';

export type RunbookActions = { id: string; actions: Readonly<Record<string, Action>> };

/**
 * The settings with the actions that runbooks bring. An action of the configuration keeps its name; that a runbook, or a
 * second one, wanted it too is said in `clashes`.
 */
export const withRunbookActions = (
  settings: Settings,
  runbooks: readonly RunbookActions[],
): { settings: Settings; clashes: { runbook: string; action: string; message: string }[] } => {
  const actions: Record<string, Action> = { ...settings.actions };
  const clashes = runbooks.flatMap(({ id, actions: brought }) =>
    Object.entries(brought).flatMap(([name, action]) => {
      if (Object.hasOwn(actions, name))
        return [{ runbook: id, action: name, message: `runbook "${id}": there is an action "${name}" already` }];
      actions[name] = action;
      return [];
    }),
  );
  return { settings: { ...settings, actions }, clashes };
};
