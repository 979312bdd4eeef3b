import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { DrillReport } from '../../src/activities/drill.js';
import type { Scenario } from '../../src/domain/scenario.js';
import { taskQueue } from '../../src/workers/worker.js';
import type { drill } from '../../src/workflows/drill.js';

const scheduleIdOf = (scenario: Scenario): string => `drill:${scenario.id}`;

const optionsOf = (scenario: Scenario, scale: number, everyMs: number) => ({
  spec: { intervals: [{ every: everyMs }] },
  action: {
    type: 'startWorkflow' as const,
    workflowType: 'drill',
    workflowId: scheduleIdOf(scenario),
    taskQueue,
    args: [{ scenario, scale }] as Parameters<typeof drill>,
  },
  // One at a time: two rehearsals of one night would only confuse the people.
  policies: { overlap: ScheduleOverlapPolicy.SKIP },
});

/** Holds the drill at this interval from now on; an earlier schedule of the same scenario is replaced. */
export const scheduleDrill = async (client: Client, scenario: Scenario, scale: number, everyMs: number) => {
  const scheduleId = scheduleIdOf(scenario);
  const options = optionsOf(scenario, scale, everyMs);
  try {
    await client.schedule.create({ scheduleId, ...options });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...options, state }));
  }
  const { info } = await client.schedule.getHandle(scheduleId).describe();
  return { scheduleId, next: info.nextActionTimes[0] };
};

export type ListedDrill = {
  workflowId: string;
  status: string;
  startedAt: number;
  closedAt?: number;
  scenario?: string;
  holds?: boolean;
};

const resultOf = async (client: Client, workflowId: string, runId: string): Promise<DrillReport | undefined> =>
  client.workflow
    .getHandle<typeof drill>(workflowId, runId)
    .result()
    .catch(() => undefined);

/** The drills that Temporal still knows, newest first, and those that are planned. */
export const listDrills = async (client: Client) => {
  const drills: ListedDrill[] = [];
  for await (const { workflowId, runId, status, startTime, closeTime } of client.workflow.list({
    query: 'WorkflowType = "drill"',
  })) {
    const report = status.name === 'COMPLETED' ? await resultOf(client, workflowId, runId) : undefined;
    drills.push({
      workflowId,
      status: status.name.toLowerCase(),
      startedAt: startTime.getTime(),
      ...(closeTime && { closedAt: closeTime.getTime() }),
      ...(report && { scenario: report.scenario.title, holds: report.holds }),
    });
  }
  const schedules: { scheduleId: string; next?: number }[] = [];
  for await (const { scheduleId, info } of client.schedule.list()) {
    if (!scheduleId.startsWith('drill:')) continue;
    const next = info.nextActionTimes[0]?.getTime();
    schedules.push({ scheduleId, ...(next !== undefined && { next }) });
  }
  return { drills: drills.sort((a, b) => b.startedAt - a.startedAt), schedules };
};
