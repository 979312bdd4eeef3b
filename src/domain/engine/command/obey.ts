import type { Command } from '../../command.js';
import { reclassify, reclassifyByFacts, rearm, takeAlerts, promote } from '../alerts.js';
import { authorityFor, requestApproval } from '../authority.js';
import { record, type Decision } from '../decision.js';
import { close, resolve } from '../ending.js';
import { engageByFacts } from '../management.js';
import { openEngagement, takeDueStep } from '../paging.js';
import { advanceWhenDone, enterPhase } from '../phases.js';
import { runApproved, startAction, startProcedure, withoutApproval } from '../procedures.js';
import { isRinging, response } from '../questions.js';
import { promiseUpdate, tell, tellAudience } from '../telling.js';
import { acknowledge } from './acknowledge.js';

/** What a welcome command does. It is called only when `whyNot` has nothing against it. */
export const obey = (d: Decision, c: Command): void => {
  const actor = { by: c.by, ...(c.via !== undefined && { via: c.via }), ...(c.proven && { proven: true }) };
  switch (c.command) {
    case 'acknowledge':
      return acknowledge(d, actor, c.note);
    case 'decline':
      record(d, { type: 'declined', ...actor, ...given('reason', c.reason) });
      return escalateNow(d);
    case 'escalate':
      record(d, { type: 'escalated', ...actor, ...given('reason', c.reason) });
      return escalateNow(d);
    case 'page':
      return openEngagement(d, `summon:${d.crisis.seq}`, c.reason ?? `${c.by} asks for you`, [
        { afterMs: 0, targets: [c.whom.includes(':') ? c.whom : `person:${c.whom}`] },
      ]);
    case 'assign':
    case 'handOver': {
      const from = d.crisis.roles[c.role];
      return record(d, { type: 'assigned', role: c.role, person: c.person, ...given('from', from), ...actor });
    }
    case 'assess':
      record(d, { type: 'assessed', facts: c.facts, ...actor, ...given('note', c.note) });
      reclassifyByFacts(d);
      return engageByFacts(d);
    case 'complete':
      record(d, { type: 'taskDone', task: c.task, ...actor, ...given('note', c.note) });
      return advanceWhenDone(d);
    case 'skip':
      record(d, { type: 'taskSkipped', task: c.task, reason: c.reason, ...actor });
      return advanceWhenDone(d);
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
      return rearm(d, `reopened: ${c.reason}`);
    case 'standDown':
      record(d, { type: 'stoodDown', reason: c.reason, ...actor });
      return close(d, `stood down: ${c.reason}`);
    case 'run':
      return run(d, c);
    case 'approve':
      record(d, { type: 'approved', request: c.request, ...actor });
      return d.crisis.approvals[c.request]?.status === 'approved' ? runApproved(d, c.request) : undefined;
    case 'reject':
      record(d, { type: 'rejected', request: c.request, ...actor, ...given('reason', c.reason) });
      return withoutApproval(d, c.request, `rejected by ${c.by}`);
    case 'announce':
      promiseUpdate(d);
      return tellAudience(
        d,
        d.plan.audiences[c.audience]?.outside ? 'customer-mail' : 'status-update',
        c.audience,
        'update',
        { by: c.by, text: c.text },
      );
    case 'note':
      return record(d, { type: 'noted', text: c.text, ...actor });
    case 'link':
      return record(d, { type: 'linked', to: c.to, relation: c.relation, ...actor });
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

/** Does not wait for the next step: takes it now. */
const escalateNow = (d: Decision): void => {
  const engagement = d.crisis.engagements[response];
  if (engagement && isRinging(d.crisis, engagement)) return takeDueStep(d, response, true);
  // Somebody has answered already: more people are asked to come.
  rearm(d, 'the responders ask for more people');
};

const run = (d: Decision, c: Extract<Command, { command: 'run' }>): void => {
  if (d.plan.playbook.procedures[c.what]) return startProcedure(d, c.what, c.by);
  const action = d.plan.actions[c.what];
  if (!action) return;
  const authority = authorityFor(d, action);
  if (authority === undefined) return requestApproval(d, c.what, c.parameters, { as: 'request' }, c.by, c.reason);
  startAction(d, c.what, c.parameters, 'do', { as: 'request' }, c.by, authority);
};
