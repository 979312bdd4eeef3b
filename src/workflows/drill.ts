import {
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { DrillActivities, DrillNote, DrillProcessActivities, DrillReport, DrillRun } from '../activities/drill.js';
import { spoken } from '../domain/duration.js';
import { momentsOf, type Moment, type Scenario } from '../domain/scenario.js';
import { commandOf } from '../domain/scenario/moments.js';
import { scaleScenario } from '../domain/scenario/scale.js';

export type DrillInput = { scenario: Scenario; scale: number };
export type DrillView = {
  drillId: string;
  startedAt?: number;
  crisisIds: readonly string[];
  notes: readonly DrillNote[];
};
export const drillQuery = defineQuery<DrillView>('drill');

const brief = { initialInterval: '200ms', maximumInterval: '5s' } as const;

const conducting = proxyActivities<Pick<DrillActivities, 'checkDrill' | 'drillAlert' | 'drillCommand'>>({
  startToCloseTimeout: '15s',
  retry: { ...brief, maximumAttempts: 20 },
});
const scoring = proxyActivities<Pick<DrillActivities, 'scoreDrill'>>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '300ms', maximumInterval: '10s' },
});
const hosting = proxyActivities<Pick<DrillActivities, 'hostDrill'>>({
  startToCloseTimeout: '7 days',
  heartbeatTimeout: '10s',
  retry: { ...brief },
});
/** Long enough for the drill's process to start on a busy machine. */
const inProcess = (drillId: string) =>
  proxyActivities<DrillProcessActivities>({
    taskQueue: `firebreak-drill:${drillId}`,
    startToCloseTimeout: '10s',
    scheduleToCloseTimeout: '2m',
    retry: { ...brief },
  });

/**
 * Conducts a rehearsed crisis: the very same crisis workflows, in mode `drill`, on a task queue that only the drill's own
 * worker polls. Ends with the scorecard; when it is cancelled or fails, its crises are ended and its worker with it.
 */
export async function drill({ scenario, scale }: DrillInput): Promise<DrillReport> {
  const { workflowId, runId } = workflowInfo();
  const run: DrillRun = { drillId: workflowId.replace(/^drill:/, '').replaceAll(':', ''), scenario, scale };
  const stage = createStage(run);
  await conducting.checkDrill(run);

  const hosted = new CancellationScope();
  const host = hosted.run(() => hosting.hostDrill(run));
  const hostGone = host.then(
    () => Promise.reject(ApplicationFailure.nonRetryable('the drill’s own worker has ended')),
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error(String(error))),
  );
  hostGone.catch(() => undefined);
  try {
    const { startedAt, endedAt } = await Promise.race([stage.play(), hostGone]);
    const { crisisIds, notes } = stage;
    const scored = scoring.scoreDrill({ ...run, startedAt, endedAt, notes, crisisIds, workflowId, runId });
    return await Promise.race([scored, hostGone]);
  } catch (error) {
    await CancellationScope.nonCancellable(() => stage.end().catch(() => undefined));
    throw error;
  } finally {
    hosted.cancel();
    await CancellationScope.nonCancellable(() => host.catch(() => undefined));
  }
}

const createStage = (run: DrillRun) => {
  const { drillId } = run;
  const scenario = scaleScenario(run.scenario, run.scale);
  const crisisIds: string[] = [];
  const notes: DrillNote[] = [];
  let startedAt: number | undefined;
  setHandler(drillQuery, () => ({ drillId, crisisIds, notes, ...(startedAt !== undefined && { startedAt }) }));

  const note = (what: string): void =>
    void notes.push({ afterMs: (Date.now() - (startedAt ?? Date.now())) * run.scale, what });

  const happen = async (moment: Moment, nth: number): Promise<void> => {
    if ('alert' in moment) {
      const { crisisId } = await conducting.drillAlert(run, moment, nth);
      crisisIds.push(crisisId);
      return;
    }
    if ('processDies' in moment) note('the worker is killed');
    const command = commandOf(moment);
    if (!command) return;
    const refused = await conducting.drillCommand(run, command, `${drillId}/${nth}`);
    if (refused !== undefined) note(`${command.by} could not ${command.command}: ${refused}`);
  };

  /** Its crises are stood down, so that they close, tell their end and are kept. */
  const end = async (): Promise<void> => {
    const reason = `the drill is over after ${spoken(run.scenario.until)}`;
    await conducting.drillCommand(run, { command: 'standDown', by: 'firebreak', reason }, `${drillId}/end`);
  };

  const play = async (): Promise<{ startedAt: number; endedAt: number }> => {
    await inProcess(drillId).drillReady();
    const began = Date.now();
    startedAt = began;
    await inProcess(drillId).drillBegins(began);
    for (const [nth, moment] of momentsOf(scenario).entries()) {
      await sleepUntil(began + moment.after);
      await happen(moment, nth);
    }
    await sleepUntil(began + scenario.until);
    const endedAt = Date.now();
    await end();
    return { startedAt: began, endedAt };
  };

  return { play, end, crisisIds, notes };
};

const sleepUntil = async (at: number): Promise<void> => {
  if (at > Date.now()) await sleep(at - Date.now());
};
