import type { Client, WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { PageEffect, PageOutcome } from '../../../src/domain/effect.js';
import type { CrisisInput } from '../../../src/workflows/messages.js';
import type { CrisisSeen, PageSeen } from '../observations.js';

type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];
type Payloads = { payloads?: readonly Payload[] | null } | null | undefined;
/** What a command carries, sent as a signal or as an update. */
type Sent = { id?: string; tallies?: readonly { alert: { id: string }; also?: readonly string[] | undefined }[] };

const first = (of: Payloads): unknown => {
  const [payload] = of?.payloads ?? [];
  return payload && defaultPayloadConverter.fromPayload(payload);
};

const millis = (time: HistoryEvent['eventTime']): number =>
  Number(time?.seconds ?? 0) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000);

const idsIn = ({ tallies = [] }: Sent): string[] => tallies.flatMap(({ alert, also = [] }) => [alert.id, ...also]);

const sentIn = (event: HistoryEvent): Sent | undefined => {
  const signal = event.workflowExecutionSignaledEventAttributes;
  const update = event.workflowExecutionUpdateAcceptedEventAttributes;
  return first(signal ? signal.input : update?.acceptedRequest?.input?.args) as Sent | undefined;
};

/** The pages of one run, each with what its activity answered; one whose activity failed or timed out was called off or broke. */
const pagesIn = (events: readonly HistoryEvent[]): PageSeen[] => {
  const pages = new Map<string, PageSeen>();
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const effect = scheduled?.activityType?.name === 'page' ? (first(scheduled.input) as PageEffect) : undefined;
    if (effect)
      pages.set(String(event.eventId), {
        key: effect.key,
        person: effect.person,
        decidedAt: millis(event.eventTime),
        outcome: 'open',
      });
    const completed = event.activityTaskCompletedEventAttributes;
    const broken = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
    const ended = completed ?? broken ?? event.activityTaskCanceledEventAttributes;
    const page = ended && pages.get(String(ended.scheduledEventId));
    if (!page) continue;
    // What broke or ran out of time may have gone out; a page called off before it began has not.
    const outcome = completed
      ? (first(completed.result) as PageOutcome | undefined)?.status
      : broken
        ? 'uncertain'
        : 'cancelled';
    page.outcome = outcome === 'delivered' ? 'sent' : (outcome ?? 'open');
  }
  return [...pages.values()];
};

const runSeen = (events: readonly HistoryEvent[]): CrisisSeen | undefined => {
  const [started] = events;
  const input = first(started?.workflowExecutionStartedEventAttributes?.input) as CrisisInput | undefined;
  if (!started || !input) return undefined;
  const { crisisId, correlationKey: cause } = 'declaration' in input ? input.declaration : input.carried.crisis;
  const sent = events.flatMap((event) => sentIn(event) ?? []);
  const declared = 'declaration' in input ? idsIn(input.declaration) : [];
  return {
    cause,
    crisisId,
    beganAt: millis(started.eventTime),
    alertIds: [...declared, ...sent.flatMap(idsIn)],
    commandIds: sent.flatMap(({ id }) => id ?? []),
    pages: pagesIn(events),
  };
};

/** One crisis over all its runs, each alert and page once. */
const joined = (runs: readonly CrisisSeen[]): CrisisSeen | undefined => {
  const [begin] = runs.toSorted((a, b) => a.beganAt - b.beganAt);
  return (
    begin && {
      ...begin,
      alertIds: [...new Set(runs.flatMap(({ alertIds }) => alertIds))],
      commandIds: [...new Set(runs.flatMap(({ commandIds }) => commandIds))],
      pages: runs.flatMap(({ pages }) => pages),
    }
  );
};

/** Every crisis that the server knows of, by its own histories. Read after the run: its list is half a second behind. */
export const readCrises = async (client: Client): Promise<CrisisSeen[]> => {
  const runs = new Map<string, CrisisSeen[]>();
  for await (const { workflowId, runId } of client.workflow.list({ query: 'CrisisId IS NOT NULL' })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const seen = runSeen(events ?? []);
    if (seen) runs.set(seen.crisisId, [...(runs.get(seen.crisisId) ?? []), seen]);
  }
  return [...runs.values()].flatMap((each) => joined(each) ?? []);
};
