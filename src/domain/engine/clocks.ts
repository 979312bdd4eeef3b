import type { Crisis, Engagement } from '../crisis.js';
import type { Due } from '../due.js';
import type { Plan } from '../plan.js';
import { dueOf } from '../regulatory/clocks.js';
import { rowsOf } from './fold/table.js';
import { once } from './once.js';
import {
  isOpen,
  isRinging,
  isUnasked,
  isWaiting,
  mayRing,
  openDeadlines,
  policyOf,
  repeating,
  repeatOf,
  response,
  rungEngagement,
  stepsOf,
} from './questions.js';

/** In its place, soonest first; of equals the one that was put in earlier strikes first. A list is too short to be sorted. */
const put = (list: Due[], one: Due): void => {
  for (let place = list.push(one) - 1; place > 0 && list[place - 1]!.at > one.at; place--) {
    list[place] = list[place - 1]!;
    list[place - 1] = one;
  }
};

/** Puts what is due on the list. Asked at every turn of a crisis, so nothing is built that is not on it in the end. */
type Clock = (list: Due[], crisis: Crisis, plan: Plan) => void;

const paging: Clock = (list, crisis, plan) => {
  for (const id in crisis.engagements) {
    const engagement = crisis.engagements[id];
    if (!engagement || !isRinging(crisis, engagement) || engagement.lookingUp) continue;
    const { step, round, roundStartedAt } = engagement;
    const steps = stepsOf(crisis, plan, engagement);
    const [next, last] = [steps[step], steps.at(-1)];
    if (next) put(list, { at: roundStartedAt + next.afterMs, what: 'pageStep', engagement: id, step });
    else if (last) {
      const regular = roundStartedAt + last.afterMs + repeatOf(crisis, plan, engagement);
      const at = Math.min(regular, failedRoundRepeatsAt(crisis, engagement));
      put(list, { at, what: 'repeatPaging', engagement: id, round });
    }
  }
};

/** How soon a round of paging of which not one message could be sent begins again. */
const failedRoundRepeatsAfterMs = 30_000;

/** When everybody has been tried and every channel has refused, nobody knows of the crisis: that is not waiting for an answer. */
const failedRoundRepeatsAt = ({ deliveries }: Crisis, { id, roundStartedAt }: Engagement): number => {
  let failedAt = -Infinity;
  const rows = rowsOf(deliveries);
  // The newest first, since one that was sent ends the search.
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    if (row.intendedAt < roundStartedAt || row.kind !== 'page' || row.about !== id) continue;
    if (row.status !== 'failed') return Infinity;
    failedAt = Math.max(failedAt, row.settledAt ?? row.intendedAt);
  }
  return failedAt === -Infinity ? Infinity : failedAt + failedRoundRepeatsAfterMs;
};

/** The rungs that a crisis engages by lasting. */
const timedRungs = once((ladder: Plan['ladder']) =>
  ladder.flatMap(({ id, engageAfterMs: afterMs }) =>
    afterMs === undefined ? [] : [{ rung: id, afterMs, engagement: rungEngagement(id) }],
  ),
);

const management: Clock = (list, crisis, plan) => {
  if (!mayRing(crisis)) return;
  for (const { rung, afterMs, engagement } of timedRungs(plan.ladder))
    if (isUnasked(crisis, engagement)) put(list, { at: crisis.declaredAt + afterMs, what: 'engageRung', rung });
};

const budget: Clock = (list, crisis, plan) => {
  const { phases, repeatEveryMs } = plan.playbook;
  const repeat = Math.max(0, crisis.budgetsEnded - (phases.length - 1));
  const atLast = crisis.phase >= phases.length - 1;
  const until = phases[Math.min(crisis.phase, phases.length - 1)]!.untilMs;
  put(list, {
    at: crisis.declaredAt + until + (atLast ? repeat * repeating(repeatEveryMs) : 0),
    what: 'phaseBudget',
    phase: crisis.phase,
    repeat: atLast ? repeat : 0,
  });
};

/** While the phone rings already, nobody needs to be reminded that it should. */
const forgotten: Clock = (list, crisis, plan) => {
  if (crisis.status !== 'acknowledged' || crisis.quiet) return;
  const { steps, forgottenAfterMs } = policyOf(crisis, plan);
  const rings = crisis.engagements[response] && isWaiting(crisis.engagements[response]);
  if (!rings && steps.length > 0)
    put(list, { at: crisis.lastActedAt + repeating(forgottenAfterMs), what: 'forgottenAck' });
};

const steps: Clock = (list, { procedures }) => {
  for (const procedure in procedures) {
    const running = procedures[procedure]!;
    if (running.status !== 'running' || running.stage !== 'bake' || running.bakeUntil === undefined) continue;
    put(list, { at: running.bakeUntil, what: 'stepBaked', procedure, step: running.step });
  }
};

const approvals: Clock = (list, crisis) => {
  for (const request in crisis.approvals) {
    const asked = crisis.approvals[request]!;
    if (asked.status === 'open') put(list, { at: asked.lapsesAt, what: 'approvalLapses', request });
  }
};

const updates: Clock = (list, { updateDueAt: promisedAt, updateRemindedFor }, plan) => {
  if (promisedAt === undefined) return;
  if (updateRemindedFor !== promisedAt)
    put(list, { at: promisedAt - plan.cadence.remindBeforeMs, what: 'updateReminder', promisedAt });
  put(list, { at: promisedAt, what: 'update', promisedAt });
};

const raise: Clock = (list, crisis, plan) => {
  const { severity } = crisis.classification;
  const { P1, P2 } = plan.raiseAfterMs;
  // A person's own judgement has its full time too; and what has been mitigated gets no worse by lasting.
  const since = crisis.severitySince ?? crisis.declaredAt;
  if (crisis.status === 'mitigated') return;
  if (severity === 'P1' && P1 !== undefined) put(list, { at: since + P1, what: 'raiseSeverity', to: 'P0' });
  if (severity === 'P2' && P2 !== undefined) put(list, { at: since + P2, what: 'raiseSeverity', to: 'P1' });
};

const steady: Clock = (list, { alerts }, { flapping: rule }) => {
  if (!rule) return;
  for (const dedupKey in alerts) {
    const { flapping, changes = [] } = alerts[dedupKey]!;
    if (flapping !== undefined) put(list, { at: (changes.at(-1) ?? 0) + rule.withinMs, what: 'alertSteady', dedupKey });
  }
};

const regulators: Clock = (list, { regulatory }, plan) => {
  if (regulatory && plan.regulatory)
    for (const one of dueOf(regulatory.deadlines, plan.regulatory.obligations, regulatory.said)) put(list, one);
};

/** Resolved: the regression watch runs, and regulators go on waiting. While they do, the crisis cannot close. */
const afterwards = (crisis: Crisis, plan: Plan): Due[] => {
  const list: Due[] = [];
  paging(list, crisis, plan);
  regulators(list, crisis, plan);
  if (crisis.watchUntil !== undefined || openDeadlines(crisis).length === 0)
    put(list, { at: crisis.watchUntil ?? crisis.declaredAt, what: 'regressionWatchEnds' });
  return list;
};

/**
 * Everything the clocks will do if nothing else happens, soonest first. Of equals what stands first here strikes first. Asked
 * one by one: what is called at one place only is compiled into it.
 */
export const due = (crisis: Crisis, plan: Plan): readonly Due[] => {
  if (crisis.status === 'closed') return [];
  if (!isOpen(crisis)) return afterwards(crisis, plan);
  const list: Due[] = [];
  paging(list, crisis, plan);
  management(list, crisis, plan);
  budget(list, crisis, plan);
  forgotten(list, crisis, plan);
  steps(list, crisis, plan);
  approvals(list, crisis, plan);
  updates(list, crisis, plan);
  raise(list, crisis, plan);
  steady(list, crisis, plan);
  regulators(list, crisis, plan);
  return list;
};
