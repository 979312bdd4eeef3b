import { figures } from '../../src/domain/figures.js';
import { spoken } from '../../src/domain/duration.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Stack } from '../stack/stack.js';
import type { Narrator } from './narrator.js';
import { until } from './watching.js';

/** Where a story is told: the whole of Firebreak, who tells it, and where the post-mortem goes. */
export type Stage = { stack: Stack; narrator: Narrator; folder: string };

/** What a monitor of the service tells Firebreak; the HTTP status of the answer. */
export const sendAlert = async (
  { stack }: Stage,
  { alertname, ...alert }: { summary: string; service: string; alertname: string },
): Promise<number> => {
  const { status } = await fetch(`${stack.url}/api/v1/alerts/generic`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...alert, labels: { alertname } }),
  });
  return status;
};

/** Prints each event and each mail once, as they come, until it is stopped. */
const follow = ({ stack, narrator }: Stage, key: string) => {
  let told = 0;
  let names: Names = {};
  const mails = new Set<string>();
  const look = async (): Promise<void> => {
    // Looked at first: what led to a mail is on the timeline by then, and told before it.
    const arrived = [...stack.mailbox.messages()].reverse();
    const timeline = await stack.firebreak.timeline(key).catch(() => []);
    if (timeline.length > told)
      names = await stack.firebreak.view(key).then(
        (view) => view.names,
        () => names,
      );
    for (const { seq, event } of timeline.filter((entry) => entry.seq >= told)) {
      told = seq + 1;
      narrator.event(seq, event, names);
    }
    for (const mail of arrived) {
      if (mails.has(mail.id)) continue;
      mails.add(mail.id);
      narrator.mail(mail);
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => (looking = looking.then(look));
  const timer = setInterval(() => void next(), 200);
  const crisis = async (): Promise<Crisis | undefined> =>
    stack.firebreak.view(key).then(
      (view) => view.crisis,
      () => undefined,
    );
  return {
    /** The crisis, once it is as described. */
    when: (what: string, holds: (crisis: Crisis) => boolean): Promise<Crisis> =>
      until(what, async () => {
        const now = await crisis();
        return now && holds(now) ? now : undefined;
      }),
    scene: async (text: string): Promise<void> => {
      await next();
      narrator.scene(text);
    },
    /** All that has happened up to now is told. */
    upToNow: next,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await next();
    },
  };
};

export type Following = ReturnType<typeof follow>;

/** Tells what happens in a crisis for as long as its story is told, however that ends. */
export const followed = async <T>(
  stage: Stage,
  key: string,
  tell: (following: Following) => Promise<T>,
): Promise<T> => {
  const following = follow(stage, key);
  try {
    return await tell(following);
  } finally {
    await following.stop();
  }
};

/** The figures of the night, for its end. */
export const summarise = async ({ stack, narrator }: Stage, crisisId: string, history: unknown): Promise<void> => {
  const events = await stack.ground.kept.store.timeline(crisisId);
  const deliveries = await stack.ground.kept.store.deliveries(crisisId);
  const found = figures(events.map(({ event }) => event));
  const time = (ms: number | undefined): string => (ms === undefined ? 'not known' : spoken(ms));
  narrator.scene('The night in figures');
  narrator.say(
    `detected after ${time(found.detectMs)}, acknowledged after ${time(found.acknowledgeMs)}, mitigated after ${time(found.mitigateMs)}, resolved after ${time(found.resolveMs)}`,
  );
  const by = (status: string): number => deliveries.filter((row) => row.status === status).length;
  narrator.say(
    `${deliveries.length} messages in the ledger: ${by('sent')} sent, ${by('acknowledged')} acknowledged, ${by('cancelled')} called off, ${by('failed')} failed, ${by('uncertain') + by('intended')} in doubt`,
  );
  const size = (history as { events?: unknown[] }).events?.length ?? 0;
  narrator.say(`${events.length} entries on the timeline, ${size} events in Temporal’s history`);
};
