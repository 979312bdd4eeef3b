import type { Names } from '../../src/domain/describe/words.js';
import type { Playbook } from '../../src/domain/playbook.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { watch } from '../../src/playbooks/watch.js';
import type { View } from './api.js';

/** The playbook a crisis is run by: as the API says, else the built-in one of its type. */
export const playbookOf = ({ crisis, playbook }: View): Playbook =>
  playbook ?? { watch, dataLoss, productionOutage, securityIncident }[crisis.type];

/** What ids are called, as far as it can be known here; `describe` shows by its id what has no name. */
export const namesFor = (view: View): Names => {
  const { phases, procedures } = playbookOf(view);
  const known: [string, string][] = [
    ...phases.map(({ title }, index): [string, string] => [`phase:${index}`, title]),
    ...phases.flatMap(({ tasks }) => tasks.map(({ id, text }): [string, string] => [`task:${id}`, text])),
    ...Object.values(procedures).map(({ id, title }): [string, string] => [`procedure:${id}`, title]),
    ...Object.entries(view.crisis.roster?.people ?? {}).map(([id, { name }]): [string, string] => [id, name]),
  ];
  return { ...Object.fromEntries(known), ...view.names };
};
