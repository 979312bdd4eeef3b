import type { PagingPolicy } from '../paging.js';
import type { Plan } from '../plan.js';
import type { Playbook, ProcedureStep } from '../playbook.js';
import type { Scenario } from '../scenario.js';

/**
 * The same plan, with everything that waits `factor` times shorter. What a program really needs (an action's timeout) stays.
 * Nothing gets shorter than a millisecond, since an interval of nothing would never let go.
 */
export const scalePlan = (plan: Plan, factor: number): Plan => {
  if (factor === 1) return plan;
  const less = (durationMs: number): number => (durationMs === 0 ? 0 : Math.max(1, Math.round(durationMs / factor)));
  const policy = (one: PagingPolicy): PagingPolicy => ({
    steps: one.steps.map((step) => ({ ...step, afterMs: less(step.afterMs) })),
    repeatAfterMs: less(one.repeatAfterMs),
    forgottenAfterMs: less(one.forgottenAfterMs),
  });
  const step = (one: ProcedureStep): ProcedureStep => ({ ...one, bakeMs: less(one.bakeMs) });
  const playbook = (one: Playbook): Playbook => ({
    ...one,
    phases: one.phases.map((phase) => ({ ...phase, untilMs: less(phase.untilMs) })),
    procedures: Object.fromEntries(
      Object.entries(one.procedures).map(([id, procedure]) => [id, { ...procedure, steps: procedure.steps.map(step) }]),
    ),
    repeatEveryMs: less(one.repeatEveryMs),
    regressionWatchMs: less(one.regressionWatchMs),
  });
  return {
    ...plan,
    playbook: playbook(plan.playbook),
    ...(plan.promotesTo && { promotesTo: playbook(plan.promotesTo) }),
    policies: {
      P0: policy(plan.policies.P0),
      P1: policy(plan.policies.P1),
      P2: policy(plan.policies.P2),
      P3: policy(plan.policies.P3),
    },
    ladder: plan.ladder.map((rung) => ({
      ...rung,
      ...(rung.engageAfterMs !== undefined && { engageAfterMs: less(rung.engageAfterMs) }),
    })),
    cadence: { updateEveryMs: less(plan.cadence.updateEveryMs), remindBeforeMs: less(plan.cadence.remindBeforeMs) },
    actions: Object.fromEntries(
      Object.entries(plan.actions).map(([id, action]) => [
        id,
        { ...action, preAuthorisedForMs: less(action.preAuthorisedForMs) },
      ]),
    ),
    approvalLapsesAfterMs: less(plan.approvalLapsesAfterMs),
    raiseAfterMs: {
      ...(plan.raiseAfterMs.P1 !== undefined && { P1: less(plan.raiseAfterMs.P1) }),
      ...(plan.raiseAfterMs.P2 !== undefined && { P2: less(plan.raiseAfterMs.P2) }),
    },
  };
};

/** The scenario's own times, shorter by the same factor; what it expects stays in the times of the plan. */
export const scaleScenario = (scenario: Scenario, factor: number): Scenario => {
  const less = (durationMs: number): number => Math.round(durationMs / factor);
  return {
    ...scenario,
    until: less(scenario.until),
    at: scenario.at.map((moment) => {
      const sooner = { ...moment, after: less(moment.after) };
      if ('processDies' in sooner) return { ...sooner, backAfterMs: less(sooner.backAfterMs) };
      if ('channelFails' in sooner && sooner.channelFails.forMs !== undefined)
        return { ...sooner, channelFails: { ...sooner.channelFails, forMs: less(sooner.channelFails.forMs) } };
      return sooner;
    }),
  };
};
