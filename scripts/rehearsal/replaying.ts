import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type InjectedSinks, type WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/workers/bundle.js';
import { firstDifference } from './difference.js';
import type { RecordingSinks } from './recordingInterceptor.js';

type Recorded = ReturnType<typeof historyFromJSON>;
type RecordedEvent = NonNullable<Recorded['events']>[number];

/** What a replay came to: the same decisions, or where today's code first decides otherwise. */
export type Replayed =
  | { same: true; workflowType: string; events: number; effects: number }
  | { same: false; workflowType: string; eventId: string; expected: string; got: string };

/** The workflows as they are today, with an observer of what they do. */
export const bundleForReplay = (folder: string): Promise<WorkflowBundleOption> =>
  bundleWorkflows(folder, [fileURLToPath(new URL('./recordingInterceptor.ts', import.meta.url))]);

type Scheduled = { activity: string; args: unknown };

const recordedArgs = (event: RecordedEvent): unknown[] =>
  (event.activityTaskScheduledEventAttributes?.input?.payloads ?? []).map(({ data }) =>
    data && data.length > 0 ? (JSON.parse(Buffer.from(data).toString('utf8')) as unknown) : undefined,
  );

const started = ({ events }: Recorded) => events?.[0]?.workflowExecutionStartedEventAttributes;
const typeOf = (history: Recorded): string => started(history)?.workflowType?.name ?? 'unknown';

/**
 * The first activity that today's code begins otherwise than recorded: another one, or with other contents, which the server
 * would not notice. `unfinished`: the replay broke off, so that what is missing proves nothing.
 */
const otherEffect = (
  history: Recorded,
  scheduled: ReadonlyMap<string, Scheduled>,
  unfinished = false,
): Extract<Replayed, { same: false }> | undefined => {
  for (const event of history.events ?? []) {
    const attributes = event.activityTaskScheduledEventAttributes;
    if (!attributes) continue;
    const activity = attributes.activityType?.name ?? 'an activity';
    const now = scheduled.get(attributes.activityId ?? '');
    const where = { same: false as const, workflowType: typeOf(history), eventId: String(event.eventId) };
    if (!now) {
      if (unfinished) continue;
      return { ...where, expected: `${activity} is begun`, got: 'it is not' };
    }
    if (now.activity !== activity)
      return { ...where, expected: `${activity} is begun`, got: `${now.activity} is begun` };
    const parts = firstDifference(recordedArgs(event), now.args);
    if (parts)
      return {
        ...where,
        expected: `${activity} with ${parts.path.replace(/^0\.?/, '') || 'its input'} = ${parts.expected}`,
        got: parts.got,
      };
  }
  return undefined;
};

/** What the SDK says of the first command that does not fit the record, in the words of a reader. */
const inWords = (message: string): { eventId: string; expected: string; got: string } => {
  const said = message.replace(/\s+/g, ' ').replace(/^.*?Nondeterminism error: /i, '');
  const eventId = /(?:event_?id|id): ?(\d+)/i.exec(said)?.[1] ?? 'the last one that fits';
  const event = /HistoryEvent\(id: \d+, ([^)]*)\)/.exec(said)?.[1];
  const [core = said] = said.split(/\\?", source/);
  return { eventId, expected: event ?? 'what the history holds', got: core.slice(0, 300) };
};

/** Takes every decision of one history again with today's code. Throws when it is no history at all. */
export const replay = async (
  workflowBundle: WorkflowBundleOption,
  exported: unknown,
  workflowId: string,
): Promise<Replayed> => {
  const history = historyFromJSON(exported);
  // An id from a file's name is a guess; effects that name their workflow would differ by it.
  const ownId = started(history)?.workflowId;
  const scheduled = new Map<string, Scheduled>();
  const sinks: InjectedSinks<RecordingSinks> = {
    recorder: {
      scheduled: {
        fn: (_info, seq, activity, args) =>
          void scheduled.set(String(seq), { activity, args: JSON.parse(args) as unknown }),
        callDuringReplay: true,
      },
    },
  };
  try {
    await Worker.runReplayHistory({ workflowBundle, sinks }, history, ownId ? ownId : workflowId);
  } catch (error) {
    if (!(error instanceof DeterminismViolationError)) throw error;
    return (
      otherEffect(history, scheduled, true) ?? {
        same: false,
        workflowType: typeOf(history),
        ...inWords(error.message),
      }
    );
  }
  return (
    otherEffect(history, scheduled) ?? {
      same: true,
      workflowType: typeOf(history),
      events: history.events?.length ?? 0,
      effects: scheduled.size,
    }
  );
};
