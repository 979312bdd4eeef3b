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

/** A history as it was exported; what it is called, and of which workflow it is, as far as one can tell. */
export type Source = { name: string; workflowId: string; history: unknown };

/** One that is being replayed, with what today's code begins. */
type Replaying = { history: Recorded; scheduled: Map<string, Scheduled> };

const judge = ({ history, scheduled }: Replaying, violation?: DeterminismViolationError): Replayed => {
  const workflowType = typeOf(history);
  const other = otherEffect(history, scheduled, violation !== undefined);
  if (other) return other;
  if (violation) return { same: false, workflowType, ...inWords(violation.message) };
  return { same: true, workflowType, events: history.events?.length ?? 0, effects: scheduled.size };
};

/**
 * Takes every decision of these histories again with today's code, one after the other in one worker; what came of each, in
 * their order. Throws with the name of the first that is no history at all.
 */
export const replay = async (
  workflowBundle: WorkflowBundleOption,
  sources: readonly Source[],
): Promise<({ name: string } & Replayed)[]> => {
  const results: ({ name: string } & Replayed)[] = [];
  let name = '';
  let current: Replaying = { history: {}, scheduled: new Map() };
  const sinks: InjectedSinks<RecordingSinks> = {
    recorder: {
      scheduled: {
        fn: (_info, seq, activity, args) =>
          void current.scheduled.set(String(seq), { activity, args: JSON.parse(args) as unknown }),
        callDuringReplay: true,
      },
    },
  };
  const histories = function* () {
    for (const source of sources) {
      name = source.name;
      const history = historyFromJSON(source.history);
      current = { history, scheduled: new Map() };
      // An id from a file's name is a guess; effects that name their workflow would differ by it.
      const ownId = started(history)?.workflowId;
      yield { workflowId: ownId ? ownId : source.workflowId, history };
    }
  };
  try {
    for await (const { error } of Worker.runReplayHistories({ workflowBundle, sinks }, histories())) {
      if (error && !(error instanceof DeterminismViolationError)) throw error;
      results.push({ name, ...judge(current, error) });
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} cannot be replayed: ${why}`, { cause: error });
  }
  return results;
};
