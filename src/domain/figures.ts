import type { Event, EventOf, EventType } from './event.js';

/** How a crisis went, in figures. Durations in milliseconds; undefined where nothing on the timeline tells. */
export type Figures = {
  /** From the beginning of the cause to the first alert. */
  detectMs: number | undefined;
  /** From the declaration (of a promoted watch: the promotion) to the first acknowledgement. */
  acknowledgeMs: number | undefined;
  /** From the declaration to the first deed of any person. */
  engageMs: number | undefined;
  /** From the declaration to the end of the impact that lasted. */
  mitigateMs: number | undefined;
  /** From the declaration to the resolution that lasted. */
  resolveMs: number | undefined;
  pages: { sent: number; failed: number; uncertain: number; acknowledged: number; late: number };
  pagesPerPerson: Readonly<Record<string, number>>;
  /** Paging steps taken beyond the first of each engagement. */
  escalations: number;
  /** A promise that is not due yet counts as made, and neither as kept nor as broken. */
  updates: { promised: number; kept: number; late: number };
};

/** A promise names a minute; a timer's own delay does not break it. */
const graceMs = 60_000;

const isA =
  <Types extends EventType>(...types: Types[]) =>
  (event: Event): event is EventOf<Types> =>
    (types as EventType[]).includes(event.type);

/** Deeds by which a person takes part; to decline or to be refused is none. */
const isDeed = (event: Event): boolean =>
  'by' in event && event.by !== 'firebreak' && !isA('declared', 'declined', 'refused')(event);

/** The last such moment, unless it all came back after it. */
const lasting = (events: readonly Event[], type: 'mitigated' | 'resolved'): number | undefined => {
  const last = events.findLastIndex(isA(type));
  const cameBack = events.findLastIndex(isA('regressed', 'reopened'));
  return last > cameBack ? events[last]?.at : undefined;
};

const detection = (events: readonly Event[]): number | undefined => {
  const alerts = events.filter(isA('alerted')).flatMap(({ tallies }) => tallies.map(({ alert }) => alert));
  const declared = events.find(isA('declared'));
  const began = [declared?.startedAt, ...alerts.map(({ startedAt }) => startedAt)].filter((at) => at !== undefined);
  const heard = [declared?.at, ...alerts.map(({ receivedAt }) => receivedAt)].filter((at) => at !== undefined);
  if (began.length === 0 || heard.length === 0) return undefined;
  return Math.max(0, Math.min(...heard) - Math.min(...began));
};

type Paged = EventOf<'paged'> & { settled: EventOf<'pageSettled'>['status'] | undefined };

const pagesOf = (events: readonly Event[]): Paged[] => {
  const settled = new Map(events.filter(isA('pageSettled')).map(({ key, status }) => [key, status]));
  return events.filter(isA('paged')).map((page) => ({ ...page, settled: settled.get(page.key) }));
};

const countAcknowledged = (pages: readonly Paged[], events: readonly Event[]): number => {
  const answers = events.filter(isA('acknowledged'));
  const isAnswered = ({ person, engagement, at, settled }: Paged) =>
    settled !== undefined &&
    settled !== 'failed' &&
    settled !== 'cancelled' &&
    answers.some((answer) => answer.by === person && answer.at >= at && answer.engagements.includes(engagement));
  return pages.filter(isAnswered).length;
};

const perPerson = (pages: readonly Paged[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const { person } of pages) counts.set(person, (counts.get(person) ?? 0) + 1);
  return Object.fromEntries(counts);
};

const countEscalations = (events: readonly Event[]): number => {
  const fresh = new Set<string>();
  let beyondFirst = 0;
  for (const event of events) {
    if (event.type === 'engagementOpened') fresh.add(event.engagement);
    if (event.type === 'stepTaken' && !fresh.delete(event.engagement)) beyondFirst++;
  }
  return beyondFirst;
};

const updatesOf = (events: readonly Event[], now: number): Figures['updates'] => {
  const promises = events.filter(isA('updatePromised'));
  // Each word to everyone makes the next promise, so a promise is kept by the next one, by a person's word or by the end.
  const isWord = (event: Event): boolean =>
    isA('updatePromised', 'closed')(event) || (event.type === 'told' && event.by !== 'firebreak');
  const outcomes = promises.map((promise) => {
    const word = events.find((event) => event.at > promise.at && isWord(event));
    const limit = promise.until + graceMs;
    if (word) return word.at <= limit ? 'kept' : 'late';
    return now <= limit ? 'open' : 'late';
  });
  return {
    promised: promises.length,
    kept: outcomes.filter((outcome) => outcome === 'kept').length,
    late: outcomes.filter((outcome) => outcome === 'late').length,
  };
};

/** Figures of one timeline, in its order. `now` decides which promises are overdue; by default the last event's time. */
export const figures = (events: readonly Event[], now = events.at(-1)?.at ?? 0): Figures => {
  const base = events.findLastIndex(isA('declared', 'promoted'));
  const startedAt = events[base]?.at;
  const since = events.slice(Math.max(0, base + 1));
  const from = (at: number | undefined) =>
    at === undefined || startedAt === undefined ? undefined : Math.max(0, at - startedAt);
  const pages = pagesOf(events);
  const settledAs = (...statuses: Paged['settled'][]) =>
    pages.filter(({ settled }) => statuses.includes(settled)).length;
  return {
    detectMs: detection(events),
    acknowledgeMs: from(since.find(isA('acknowledged'))?.at),
    engageMs: from(since.find(isDeed)?.at),
    mitigateMs: from(lasting(events, 'mitigated')),
    resolveMs: from(lasting(events, 'resolved')),
    pages: {
      sent: settledAs('sent', 'delivered'),
      failed: settledAs('failed'),
      uncertain: settledAs('uncertain'),
      acknowledged: countAcknowledged(pages, events),
      late: pages.filter(({ late }) => late !== undefined).length,
    },
    pagesPerPerson: perPerson(pages),
    escalations: countEscalations(events),
    updates: updatesOf(events, now),
  };
};
