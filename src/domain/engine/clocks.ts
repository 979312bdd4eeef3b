import type { Crisis, Engagement } from '../crisis.js';
import type { Due } from '../due.js';
import type { Plan } from '../plan.js';
import {
  isOpen,
  isRinging,
  isUnasked,
  isWaiting,
  mayRing,
  policyOf,
  repeating,
  repeatOf,
  response,
  stepsOf,
} from './questions.js';

const pagingOf = (crisis: Crisis, plan: Plan, engagement: Engagement): Due[] => {
  if (!isRinging(crisis, engagement) || engagement.lookingUp) return [];
  const steps = stepsOf(crisis, plan, engagement);
  const next = steps[engagement.step];
  if (next)
    return [
      {
        at: engagement.roundStartedAt + next.afterMs,
        what: 'pageStep',
        engagement: engagement.id,
        step: engagement.step,
      },
    ];
  const last = steps.at(-1);
  if (!last) return [];
  const { id, round, roundStartedAt } = engagement;
  const regular = roundStartedAt + last.afterMs + repeatOf(crisis, plan, engagement);
  return [
    { at: Math.min(regular, failedRoundRepeatsAt(crisis, engagement)), what: 'repeatPaging', engagement: id, round },
  ];
};

/** How soon a round of paging of which not one message could be sent begins again. */
const failedRoundRepeatsAfterMs = 30_000;

/** When everybody has been tried and every channel has refused, nobody knows of the crisis: that is not waiting for an answer. */
const failedRoundRepeatsAt = (crisis: Crisis, { id, roundStartedAt }: Engagement): number => {
  const pages = Object.values(crisis.deliveries).filter(
    ({ kind, about, intendedAt }) => kind === 'page' && about === id && intendedAt >= roundStartedAt,
  );
  if (pages.length === 0 || pages.some(({ status }) => status !== 'failed')) return Infinity;
  return Math.max(...pages.map(({ settledAt, intendedAt }) => settledAt ?? intendedAt)) + failedRoundRepeatsAfterMs;
};

const management = (crisis: Crisis, plan: Plan): Due[] =>
  mayRing(crisis)
    ? plan.ladder.flatMap(({ id, engageAfterMs }) =>
        engageAfterMs !== undefined && isUnasked(crisis, id)
          ? [{ at: crisis.declaredAt + engageAfterMs, what: 'engageRung' as const, rung: id }]
          : [],
      )
    : [];

const budget = (crisis: Crisis, plan: Plan): Due => {
  const { phases, repeatEveryMs } = plan.playbook;
  const repeat = Math.max(0, crisis.budgetsEnded - (phases.length - 1));
  const atLast = crisis.phase >= phases.length - 1;
  const until = phases[Math.min(crisis.phase, phases.length - 1)]!.untilMs;
  return {
    at: crisis.declaredAt + until + (atLast ? repeat * repeating(repeatEveryMs) : 0),
    what: 'phaseBudget',
    phase: crisis.phase,
    repeat: atLast ? repeat : 0,
  };
};

/** While the phone rings already, nobody needs to be reminded that it should. */
const forgotten = (crisis: Crisis, plan: Plan): Due[] => {
  const { steps, forgottenAfterMs } = policyOf(crisis, plan);
  const rings = crisis.engagements[response] && isWaiting(crisis.engagements[response]);
  return crisis.status === 'acknowledged' && !crisis.quiet && !rings && steps.length > 0
    ? [{ at: crisis.lastActedAt + repeating(forgottenAfterMs), what: 'forgottenAck' }]
    : [];
};

const updates = (crisis: Crisis, plan: Plan): Due[] => {
  const { updateDueAt: promisedAt } = crisis;
  if (promisedAt === undefined) return [];
  const reminder: Due = { at: promisedAt - plan.cadence.remindBeforeMs, what: 'updateReminder', promisedAt };
  const update: Due = { at: promisedAt, what: 'update', promisedAt };
  return crisis.updateRemindedFor === promisedAt ? [update] : [reminder, update];
};

const raise = (crisis: Crisis, plan: Plan): Due[] => {
  const { severity } = crisis.classification;
  const { P1, P2 } = plan.raiseAfterMs;
  // A person's own judgement has its full time too; and what has been mitigated gets no worse by lasting.
  const since = crisis.severitySince ?? crisis.declaredAt;
  if (crisis.status === 'mitigated') return [];
  if (severity === 'P1' && P1 !== undefined) return [{ at: since + P1, what: 'raiseSeverity', to: 'P0' }];
  if (severity === 'P2' && P2 !== undefined) return [{ at: since + P2, what: 'raiseSeverity', to: 'P1' }];
  return [];
};

const procedures = (crisis: Crisis): Due[] => [
  ...Object.values(crisis.procedures).flatMap(({ id, status, stage, step, bakeUntil }): Due[] =>
    status === 'running' && stage === 'bake' && bakeUntil !== undefined
      ? [{ at: bakeUntil, what: 'stepBaked', procedure: id, step }]
      : [],
  ),
  ...Object.values(crisis.approvals).flatMap(({ request, status, lapsesAt }): Due[] =>
    status === 'open' ? [{ at: lapsesAt, what: 'approvalLapses', request }] : [],
  ),
];

const steady = (crisis: Crisis, plan: Plan): Due[] =>
  Object.entries(crisis.alerts).flatMap(([dedupKey, { flapping, changes = [] }]): Due[] =>
    flapping === undefined || !plan.flapping
      ? []
      : [{ at: (changes.at(-1) ?? 0) + plan.flapping.withinMs, what: 'alertSteady', dedupKey }],
  );

/** Everything the clocks will do if nothing else happens, soonest first. */
export const due = (crisis: Crisis, plan: Plan): readonly Due[] => {
  if (crisis.status === 'closed') return [];
  if (!isOpen(crisis)) return [{ at: crisis.watchUntil ?? crisis.declaredAt, what: 'regressionWatchEnds' }];
  return [
    ...Object.values(crisis.engagements).flatMap((engagement) => pagingOf(crisis, plan, engagement)),
    ...management(crisis, plan),
    budget(crisis, plan),
    ...forgotten(crisis, plan),
    ...procedures(crisis),
    ...updates(crisis, plan),
    ...raise(crisis, plan),
    ...steady(crisis, plan),
  ].sort((a, b) => a.at - b.at);
};
