import { nearest } from '../nearest.js';
import { checkParameters } from '../parameters.js';
import type { Playbook, ProcedureStep } from '../playbook.js';
import { fault, unknown, unknowns, warning, type Look, type SettingsFault } from './names.js';

const playbooksOf = ({ settings, defaults }: Look): Playbook[] =>
  Object.values({ ...defaults.playbooks, ...settings.playbooks });

const stepsOf = (look: Look): ProcedureStep[] =>
  playbooksOf(look).flatMap(({ procedures }) => Object.values(procedures).flatMap(({ steps }) => steps));

/** A slot that no procedure has would never be used, which is hardly meant; one whose parameters do not fit fails at night. */
const slotFaults = (look: Look, slot: string, actionId: string, path: SettingsFault['path']): SettingsFault[] => {
  const steps = stepsOf(look);
  const filling = steps.filter((step) => step.slot === slot);
  if (steps.length > 0 && filling.length === 0) {
    const near = nearest(
      slot,
      steps.map((step) => step.slot),
    );
    return [fault(path, `no procedure has a slot "${slot}"${near === undefined ? '' : `; did you mean "${near}"?`}`)];
  }
  const action = look.settings.actions[actionId];
  const misfits = filling.flatMap(({ title, parameters }) => {
    const checked = action && checkParameters(action.parameters, parameters);
    return checked && 'fault' in checked ? [warning(path, `"${title}" cannot run ${actionId}: ${checked.fault}`)] : [];
  });
  return misfits.slice(0, 1);
};

/** Services: their team, what they stand on, and the actions that fill their slots. */
export const serviceFaults = (look: Look): SettingsFault[] =>
  Object.entries(look.settings.services).flatMap(([id, { team, dependsOn, slots, database, monitoring }]) => [
    ...unknown(look, 'teams', team, ['services', id, 'team']),
    ...unknowns(look, 'services', dependsOn, ['services', id, 'dependsOn']),
    ...dependsOn.flatMap((other, index) =>
      other === id ? [fault(['services', id, 'dependsOn', index], 'a service cannot depend on itself')] : [],
    ),
    ...Object.entries(slots).flatMap(([slot, action]) => [
      ...unknown(look, 'actions', action, ['services', id, 'slots', slot]),
      ...slotFaults(look, slot, action, ['services', id, 'slots', slot]),
    ]),
    ...unknown(look, 'databases', database, ['services', id, 'database']),
    ...unknowns(look, 'actions', monitoring, ['services', id, 'monitoring']),
    ...monitoring.flatMap((action, index) => {
      const known = look.settings.actions[action];
      const path = ['services', id, 'monitoring', index];
      return known && known.undo === undefined
        ? [warning(path, `the action "${action}" has no undo, so it stays in force after the crisis`)]
        : [];
    }),
  ]);

/** Playbooks of the configuration: rungs that the ladder holds, and phases in the order of their ends. */
export const playbookFaults = (look: Look): SettingsFault[] =>
  Object.entries(look.settings.playbooks).flatMap(([id, { phases }]) =>
    phases.flatMap(({ tellsRung, untilMs }, index) => {
      const path = ['playbooks', id, 'phases', index];
      const before = phases[index - 1];
      return [
        ...unknown(look, 'rungs', tellsRung, [...path, 'tellsRung']),
        ...(before && before.untilMs >= untilMs
          ? [fault([...path, 'untilMs'], `ends no later than the phase before it, "${before.id}"`)]
          : []),
      ];
    }),
  );
