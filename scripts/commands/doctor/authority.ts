import type { Action } from '../../../src/domain/action.js';
import type { Settings } from '../../../src/domain/settings.js';
import { ok, warn, type Finding } from './finding.js';

const holding = ({ people }: Settings, roles: readonly string[]): string[] =>
  Object.entries(people).flatMap(([id, person]) => (person.roles.some((role) => roles.includes(role)) ? [id] : []));

/** How many must approve it, and not by the one who asks. */
const neededFor = ({ risk, approvals }: Action): number =>
  risk === 'safe' ? 0 : risk === 'destructive' ? Math.max(1, approvals) : approvals;

/** Dangerous actions that too few people could ever approve, and glass that nobody could break. */
export const examineAuthority = (settings: Settings): Finding[] => {
  const actions = Object.entries(settings.actions).filter(([, { risk }]) => risk !== 'safe');
  const short = actions.flatMap(([id, action]) => {
    const needed = neededFor(action);
    const people = holding(settings, action.mayRun);
    // Whoever asks holds one of these roles too, and cannot approve.
    if (needed === 0 || people.length > needed) return [];
    return [
      warn(
        'authority',
        `"${id}" needs ${needed === 1 ? 'an approval' : `${needed} approvals`} of somebody else, and only ${people.join(', ') || 'nobody'} may run it`,
        `give more people one of ${action.mayRun.join(', ')}, or change actions.${id}.mayRun`,
      ),
    ];
  });
  const breakers = holding(settings, settings.authority.breakGlass.roles);
  const glass =
    actions.length > 0 && breakers.length === 0
      ? [
          warn(
            'authority',
            'nobody could break the glass in need',
            'give somebody a role of authority.breakGlass.roles',
          ),
        ]
      : [];
  const found = [...short, ...glass];
  return actions.length === 0 || found.length > 0
    ? found
    : [ok('authority', 'for every dangerous action there are people enough to ask and to approve')];
};
