import type { ParameterValues } from '../action.js';
import { record, type Decision } from './decision.js';

/** The parameters of the step under the cursor, with the one that going back has raised. */
export const parametersOf = ({ crisis, plan }: Decision, id: string): ParameterValues => {
  const state = crisis.procedures[id];
  const step = state && plan.playbook.procedures[id]?.steps[state.step];
  if (!state || !step) return {};
  const { again } = state;
  return again?.to === state.step ? { ...step.parameters, [again.parameter]: again.value } : step.parameters;
};

/** Goes back to an earlier step with its parameter one higher, as to the next older backup; false where it may not. */
export const goBack = (d: Decision, id: string, reason: string): boolean => {
  const state = d.crisis.procedures[id];
  const steps = d.plan.playbook.procedures[id]?.steps ?? [];
  const rule = state && steps[state.step]?.again;
  const to = steps.findIndex((step) => step.id === rule?.from);
  if (!state || !rule || to < 0 || (state.again?.times ?? 0) >= rule.times) return false;
  const { recovery } = state;
  // Who restored knows of no older backup.
  if (recovery && recovery.olderLostMs === undefined) return false;
  const { parameter } = rule;
  record(d, {
    type: 'stepAgain',
    procedure: id,
    step: state.step,
    to,
    parameter,
    value: Number(state.again?.value ?? steps[to]?.parameters[parameter] ?? 0) + 1,
    reason,
    ...(recovery?.olderLostMs !== undefined && {
      lostMs: recovery.olderLostMs,
      costsMs: recovery.olderLostMs - recovery.lostMs,
    }),
  });
  return true;
};
