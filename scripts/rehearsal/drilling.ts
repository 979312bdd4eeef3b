import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ulid } from 'ulid';
import type { DrillReport } from '../../src/activities/drill.js';
import { describe } from '../../src/domain/describe/describe.js';
import type { Names } from '../../src/domain/describe/words.js';
import { parseCrisisId } from '../../src/domain/crisisId.js';
import type { Event } from '../../src/domain/event.js';
import type { Scenario } from '../../src/domain/scenario.js';
import { taskQueue } from '../../src/workers/worker.js';
import { drillQuery, type drill } from '../../src/workflows/drill.js';
import { crisisQuery, timelineQuery } from '../../src/workflows/messages.js';
import { failed } from '../output/fault.js';

type Drill = typeof drill;

/** `drill:nobody-answers-20261123-k7q2m` */
export const drillIdFor = (scenario: Scenario, now: Date): string =>
  `drill:${scenario.id}-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${ulid().slice(-5).toLowerCase()}`;

export const startDrill = (client: Client, scenario: Scenario, scale: number): Promise<WorkflowHandle<Drill>> =>
  client.workflow.start<Drill>('drill', {
    taskQueue,
    workflowId: drillIdFor(scenario, new Date()),
    args: [{ scenario, scale }],
    staticSummary: `[DRILL] ${scenario.title}`.slice(0, 200),
  });

type Heard = (event: Event, text: string) => void;

/** Tells each event of the drill's crises once, as far as they answer. */
const createListener = (client: Client, handle: WorkflowHandle<Drill>, heard: Heard) => {
  const told = new Map<string, number>();
  let names: Names = {};
  const soon = <T>(ask: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + 1_500, ask);
  const listen = async (): Promise<void> => {
    const { crisisIds } = await soon(() => handle.query(drillQuery));
    for (const key of new Set(crisisIds.map((id) => parseCrisisId(id).correlationKey))) {
      const crisis = client.workflow.getHandle(key);
      const { events } = await soon(() => crisis.query(timelineQuery));
      const after = told.get(key) ?? -1;
      const fresh = events.filter(({ seq }) => seq > after);
      if (fresh.length === 0) continue;
      names = await soon(() => crisis.query(crisisQuery)).then(
        (view) => view.names,
        () => names,
      );
      for (const { seq, event } of fresh) {
        told.set(key, seq);
        heard(event, describe(event, names));
      }
    }
  };
  // While the worker is dead nobody answers; the next look tells what was missed.
  return () => listen().catch(() => undefined);
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause !== undefined) return reasonOf(cause);
  return error instanceof Error ? error.message : String(error);
};

/** Follows a drill to its scorecard. */
export const followDrill = async (
  client: Client,
  handle: WorkflowHandle<Drill>,
  heard: Heard,
): Promise<DrillReport> => {
  const listen = createListener(client, handle, heard);
  const result = handle.result();
  const ended = result.then(
    () => 'over' as const,
    () => 'over' as const,
  );
  do await listen();
  while ((await Promise.race([sleep(500), ended])) !== 'over');
  await listen();
  return result.catch((error: unknown) => {
    throw failed(`The drill could not be held: ${reasonOf(error)}`);
  });
};

/** Called off: its crises are stood down, and its worker ends. */
export const callOff = async (handle: WorkflowHandle<Drill>): Promise<void> => {
  await handle.cancel();
  await handle.result().catch(() => undefined);
};
