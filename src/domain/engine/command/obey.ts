import type { Command } from '../../command.js';
import type { Actor } from '../../event.js';
import { comeBack, reclassify, reclassifyByFacts, takeAlerts, promote } from '../alerts.js';
import { announce } from '../announcing.js';
import { separateAttack } from '../attack.js';
import { requestApproval } from '../approvalRequests.js';
import { authorityFor, byBreakingGlass, rolesHeld } from '../authority.js';
import { breakGlass } from '../breakGlass.js';
import { merge, split } from '../causes.js';
import { record, type Decision } from '../decision.js';
import { close, resolve } from '../ending.js';
import { engageByFacts } from '../management.js';
import { own } from '../own.js';
import { openEngagement } from '../paging.js';
import { enterPhase } from '../phases.js';
import { runApproved, startAction, startProcedure, withoutApproval } from '../procedures.js';
import { nameOf } from '../questions.js';
import { file, mark } from '../regulators.js';
import { tell } from '../telling.js';
import { acknowledge } from './acknowledge.js';
import { callFurther, decline } from './further.js';

/** What a welcome command does. It is called only when `whyNot` has nothing against it. */
export const obey = (d: Decision, c: Command): void => {
  const actor = { by: c.by, ...(c.via !== undefined && { via: c.via }), ...(c.proven && { proven: true }) };
  switch (c.command) {
    case 'acknowledge':
      return acknowledge(d, actor, c.note);
    case 'decline':
      record(d, { type: 'declined', ...actor, ...given('reason', c.reason) });
      return decline(d, c.by);
    case 'escalate':
      record(d, { type: 'escalated', ...actor, ...given('reason', c.reason) });
      return callFurther(d, c.by);
    case 'page':
      return openEngagement(
        d,
        `summon:${d.crisis.seq}`,
        c.reason ?? `${nameOf(d.crisis, d.plan, c.by)} asks for you`,
        [{ afterMs: 0, targets: [c.whom.includes(':') ? c.whom : `person:${c.whom}`] }],
        true,
      );
    case 'assign':
    case 'handOver': {
      const from = d.crisis.roles[c.role];
      const note = c.command === 'handOver' ? c.note : undefined;
      const vouched = d.plan.authority ? { vouched: mayAssign(d, actor, c.role) } : {};
      const said = { ...given('from', from), ...given('note', note), ...vouched };
      return record(d, { type: 'assigned', role: c.role, person: c.person, ...said, ...actor });
    }
    case 'assess':
      return assess(d, c, actor);
    case 'complete':
      record(d, { type: 'taskDone', task: c.task, ...actor, ...given('note', c.note) });
      return;
    case 'skip':
      record(d, { type: 'taskSkipped', task: c.task, reason: c.reason, ...actor });
      return;
    case 'advance':
      record(d, { type: 'noted', text: c.reason ?? 'on to the next phase', ...actor });
      return enterPhase(d, d.crisis.phase + 1);
    case 'reclassify':
      return reclassify(
        d,
        { ...d.crisis.classification, severity: c.severity, rule: 'overruled', why: c.reason },
        c.by,
      );
    case 'mitigate':
      record(d, { type: 'mitigated', ...actor, ...given('note', c.note) });
      return tell(d, 'change');
    case 'resolve':
      return resolve(d, actor, c.reason);
    case 'reopen':
      record(d, { type: 'reopened', reason: c.reason, ...actor });
      return comeBack(d, `reopened: ${c.reason}`);
    case 'standDown':
      record(d, { type: 'stoodDown', reason: c.reason, ...actor });
      return close(d, `stood down: ${c.reason}`);
    case 'run':
      return run(d, actor, c);
    case 'approve':
      approve(d, actor, c);
      return d.crisis.approvals[c.request]?.status === 'approved' ? runApproved(d, c.request) : undefined;
    case 'reject':
      record(d, { type: 'rejected', request: c.request, ...actor, ...given('reason', c.reason) });
      return withoutApproval(d, c.request, `rejected by ${c.by}`);
    case 'announce':
      return announce(d, actor, c);
    case 'note':
      return record(d, { type: 'noted', text: c.text, ...actor });
    case 'collect':
      return record(d, { type: 'evidenceKept', entry: c.entry, ...actor });
    case 'link':
      return record(d, { type: 'linked', to: c.to, relation: c.relation, ...actor });
    case 'merge':
      return merge(d, actor, c);
    case 'split':
      return split(d, actor, c);
    case 'mark':
      return mark(d, actor, c);
    case 'file':
      return file(d, actor, c);
    case 'admit':
      return record(d, { type: 'admitted', person: c.person, ...actor, ...given('reason', c.reason) });
    case 'dismiss':
      return record(d, { type: 'dismissed', person: c.person, reason: c.reason, ...actor });
    case 'promote':
      return promote(d, c.by);
    case 'alert':
      return takeAlerts(d, c.tallies);
  }
};

/** A field that is there only when it has a value. */
const given = (
  name: 'reason' | 'note' | 'from',
  value: string | undefined,
): Partial<Record<'reason' | 'note' | 'from', string>> => (value === undefined ? {} : { [name]: value });

const assess = (d: Decision, c: Extract<Command, { command: 'assess' }>, actor: Actor): void => {
  const before = d.crisis.facts;
  record(d, { type: 'assessed', facts: c.facts, ...actor, ...given('note', c.note) });
  reclassifyByFacts(d, before);
  engageByFacts(d);
  separateAttack(d, c.by);
};

/** Only the commander, or who holds the role, can give it so that it counts for what it may run. */
const mayAssign = ({ crisis, plan }: Decision, { by, proven }: Actor, role: string): boolean =>
  proven === true && rolesHeld(crisis, plan, by).some((held) => held === 'incident-commander' || held === role);

const approve = (d: Decision, actor: Actor, c: Extract<Command, { command: 'approve' }>): void => {
  const { request, reason = '' } = c;
  const action = d.crisis.approvals[request]?.action ?? '';
  if (c.breakGlass) breakGlass(d, actor, { action, reason, request });
  record(d, { type: 'approved', request, ...actor, ...(c.breakGlass && { glass: reason }) });
};

const run = (d: Decision, actor: Actor, c: Extract<Command, { command: 'run' }>): void => {
  if (own(d.plan.playbook.procedures, c.what)) return startProcedure(d, c.what, c.by);
  const action = own(d.plan.actions, c.what);
  if (!action) return;
  if (c.breakGlass) {
    const { what: id, reason = '' } = c;
    breakGlass(d, actor, { action: id, reason });
    return startAction(d, id, c.parameters, 'do', { as: 'request' }, c.by, byBreakingGlass(c.by, reason));
  }
  const authority = authorityFor(d, action, c.by);
  if (authority === undefined) {
    const { what, parameters, by, reason } = c;
    return requestApproval(d, { action: what, parameters, context: { as: 'request' }, by, reason });
  }
  startAction(d, c.what, c.parameters, 'do', { as: 'request' }, c.by, authority);
};
