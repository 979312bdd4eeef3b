import type { ActivateInput, ConcludeActivationInput } from '@temporalio/workflow';

/** Which local activities of a workflow have not ended. */
export const createLocals = () => {
  const underWay = new Set<number>();
  return {
    hear(jobs: ActivateInput['activation']['jobs']): void {
      for (const { resolveActivity: resolved } of jobs ?? []) if (resolved?.seq != null) underWay.delete(resolved.seq);
    },
    begin(commands: ConcludeActivationInput['commands']): void {
      for (const { scheduleLocalActivity: begun } of commands) if (begun?.seq != null) underWay.add(begun.seq);
    },
    areUnderWay: (): boolean => underWay.size > 0,
  };
};
