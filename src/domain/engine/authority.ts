import type { Action } from '../action.js';
import type { Authority } from '../audit.js';
import type { Crisis } from '../crisis.js';
import { spoken } from '../duration.js';
import type { Plan } from '../plan.js';
import type { Decision } from './decision.js';
import { own } from './own.js';
import { rosterOf } from './questions.js';

/** By what an action runs: in words for the timeline, and as the audit keeps it. */
export type Granted = { words: string; authority: Authority };

const granted = (words: string, kind: Authority['kind'], of: readonly string[] = []): Granted => ({
  words,
  authority: { kind, of: [...of] },
});

/** Nobody has to vouch for what the system does by its own configuration. */
export const byConfiguration = (words: string): Granted => granted(words, 'policy', ['configuration']);

/** How many must approve it; what destroys something is never done by one person alone. */
export const approvalsFor = (plan: Plan, { approvals, risk }: Pick<Action, 'approvals' | 'risk'>): number =>
  plan.authority && risk === 'destructive' ? Math.max(1, approvals) : approvals;

/** The roles that somebody holds, as far as they count for what a role may run. */
export const rolesHeld = (crisis: Crisis, plan: Plan, person: string): string[] => {
  const configured = own(rosterOf(crisis, plan).people, person)?.roles ?? [];
  const given = plan.authority ? (crisis.vouched ?? {}) : crisis.roles;
  const assigned = Object.entries(given).flatMap(([role, holder]) => (holder === person ? [role] : []));
  return [...new Set([...configured, ...assigned])];
};

/** Those of the roles that may run an action which this person holds. */
export const rolesToRun = (crisis: Crisis, plan: Plan, { mayRun }: Pick<Action, 'mayRun'>, person: string): string[] =>
  rolesHeld(crisis, plan, person).filter((role) => (mayRun as readonly string[]).includes(role));

/** With which authority an action may run now; undefined when somebody has to approve it first. */
export const authorityFor = (d: Decision, action: Action, by: string): Granted | undefined => {
  const { crisis, plan, at } = d;
  if (action.risk === 'safe') return granted('safe: it needs no approval', 'anybody');
  const left = crisis.declaredAt + action.preAuthorisedForMs - at;
  if (left > 0) {
    const words = `pre-authorised by policy for the first ${spoken(action.preAuthorisedForMs)}`;
    return granted(words, 'policy', [words]);
  }
  if (approvalsFor(plan, action) > 0) return undefined;
  return granted('no approval is required', 'role', rolesToRun(crisis, plan, action, by));
};

export const byApproval = (approvedBy: readonly string[]): Granted =>
  granted(`approved by ${approvedBy.join(' and ')}`, 'approval', approvedBy);

export const byBreakingGlass = (by: string, reason: string): Granted => ({
  words: `${by} broke the glass: ${reason}`,
  authority: { kind: 'break-glass', of: [by], reason },
});
