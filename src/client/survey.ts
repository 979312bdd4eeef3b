import type { Client } from '@temporalio/client';
import { correlationOf } from '../domain/intake/umbrella.js';
import { crisisQuery } from '../workflows/messages.js';
import { crisisPrefix } from './identity.js';
import type { Routes } from './routes.js';

/** Looked at again after so long, when a new cause comes. */
const everyMs = 10_000;
/** The very first alert of a process waits no longer than this for it. */
const firstWithinMs = 300;
const answerWithinMs = 2_000;

/**
 * Which crises run already, and which causes their umbrellas hold: so that a restarted or a second API goes on where the
 * others are. Without an answer it goes on without, since an alert must not wait for a list.
 */
export const createSurvey = (client: Client, routes: Routes, nowMs: () => number) => {
  let last: { began: number; done: Promise<void> } | undefined;

  const lookInto = async (umbrella: string): Promise<void> => {
    const { crisis } = await client.workflow.getHandle(`${crisisPrefix}${umbrella}`).query(crisisQuery);
    for (const [cause, { split }] of Object.entries(crisis.causes ?? {}))
      if (split) routes.isOnItsOwn(cause);
      else routes.belongs(cause, umbrella);
  };
  const look = async (): Promise<void> => {
    const query = `ExecutionStatus = "Running" AND CrisisMode = "live"`;
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 })) {
      if (!workflowId.startsWith(crisisPrefix)) continue;
      const key = workflowId.slice(crisisPrefix.length);
      routes.runs(key);
      if (correlationOf(key)) await lookInto(key);
    }
  };
  const bounded = (): Promise<void> =>
    client.withDeadline(Date.now() + answerWithinMs, look).catch(() => {
      // Nothing is lost by not knowing: a cause that runs already is joined all the same.
    });

  return async (): Promise<void> => {
    if (last && last.began > nowMs() - everyMs) return;
    const isFirst = last === undefined;
    last = { began: nowMs(), done: bounded() };
    if (!isFirst) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, firstWithinMs)));
    await Promise.race([last.done, enough]);
    clearTimeout(timer);
  };
};
