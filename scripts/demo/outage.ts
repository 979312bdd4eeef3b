import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { figures } from '../../src/domain/figures.js';
import { spoken } from '../../src/domain/duration.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Stack } from '../stack/stack.js';
import type { Narrator } from './narrator.js';
import type { Shop } from './shop.js';
import { until } from './watching.js';

type Stage = { stack: Stack; shop: Shop; narrator: Narrator; folder: string };

const key = 'shop';

/** Prints each event and each mail once, as they come, until it is stopped. */
const follow = ({ stack, narrator }: Stage) => {
  let told = 0;
  let names: Names = {};
  const mails = new Set<string>();
  const look = async (): Promise<void> => {
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
    for (const mail of [...stack.mailbox.messages()].reverse()) {
      if (mails.has(mail.id)) continue;
      mails.add(mail.id);
      narrator.mail(mail);
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const next = (): Promise<void> => (looking = looking.then(look));
  const timer = setInterval(() => void next(), 200);
  return {
    /** All that has happened up to now is told. */
    upToNow: next,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await next();
    },
  };
};

/** A production outage on a real service, from a bad deployment to the post-mortem. Answers where the post-mortem lies. */
export const outageStory = async (stage: Stage): Promise<string> => {
  const following = follow(stage);
  try {
    return await tellStory(stage, following);
  } finally {
    await following.stop();
  }
};

type Following = ReturnType<typeof follow>;

const tellStory = async (stage: Stage, following: Following): Promise<string> => {
  const { stack, shop, narrator, folder } = stage;
  const { firebreak } = stack;
  const crisis = async (): Promise<Crisis | undefined> =>
    firebreak.view(key).then(
      ({ crisis }) => crisis,
      () => undefined,
    );
  const when = (what: string, holds: (crisis: Crisis) => boolean) =>
    until(what, async () => {
      const now = await crisis();
      return now && holds(now) ? now : undefined;
    });

  const scene = async (text: string): Promise<void> => {
    await following.upToNow();
    narrator.scene(text);
  };

  narrator.scene('A shop is open for business.');
  narrator.say(`${shop.url} runs ${await shop.version()}; an order: ${(await shop.order()).said}`);
  shop.watchedBy(`${stack.url}/api/v1/alerts/alertmanager`);

  narrator.scene('02:58. Somebody deploys 1.5.0, and goes to bed.');
  narrator.say((await shop.deploy('1.5.0')).split('\n').join('; '));
  narrator.say(`an order: ${(await shop.order()).said}`);

  const opened = await when('a crisis', () => true);
  await scene(
    `${opened.classification.severity}: ${opened.classification.why}. Ana is on call; her telephone lies in the kitchen.`,
  );

  const answering = await when('the secondary to be paged', ({ deliveries }) =>
    Object.values(deliveries).some(({ person, status }) => person === 'ben' && status === 'sent'),
  );
  await scene('Nobody has answered, so Ben is called. Meanwhile the rollback runs by itself, as the policy allows.');
  await when('the rollback to be verified', ({ status }) => status === 'mitigated');
  await following.upToNow();
  narrator.say(`${shop.url} runs ${await shop.version()}; an order: ${(await shop.order()).said}`);

  await scene(
    'The impact is over, and the paging goes on: a machine’s success does not silence it. Ben opens the link in his mail.',
  );
  await acknowledgeByLink(stage, answering.crisisId, 'ben@example.com');
  await when('the acknowledgement', ({ acknowledgedAt }) => acknowledgedAt !== undefined);

  await scene('Ben validates the recovery, with real orders.');
  await validate(stage);
  await firebreak.command(key, 'assess', {
    by: 'ben',
    via: 'demo',
    facts: { usersAffected: 1200, revenueLost: 5400 },
    note: 'from the payment provider’s figures',
  });
  await firebreak.command(key, 'resolve', { by: 'ben', via: 'demo' });

  await scene('Resolved. The regression watch runs a little longer.');
  const store = stack.ground.kept.store;
  const archived = await until('the archive', () => store.archived(opened.crisisId));
  const file = join(folder, `postmortem-${opened.crisisId}.md`);
  await writeFile(file, archived.postmortem);
  await summarise(stage, opened.crisisId, archived.history);
  return file;
};

/** What a person does: reads the mail, opens the link, which only shows, and presses the button. */
const acknowledgeByLink = async ({ stack, narrator }: Stage, crisisId: string, address: string): Promise<void> => {
  const mail = await stack.mailbox.waitFor(
    ({ to, text }) => to.some((one) => one.address === address) && text.includes(crisisId) && text.includes('/a/'),
    20_000,
  );
  const link = /https?:\/\/\S+\/a\/[\w.-]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`there is no link in the mail "${mail.subject}"`);
  const shown = await fetch(link);
  narrator.say(`GET  ${link.slice(0, 48)}…  ${shown.status}, which changes nothing`);
  const done = await fetch(link, { method: 'POST' });
  narrator.say(`POST ${link.slice(0, 48)}…  ${done.status}`);
};

const validate = async ({ stack, shop }: Stage): Promise<void> => {
  const orders = await Promise.all(Array.from({ length: 20 }, () => shop.order()));
  const good = orders.filter(({ ok }) => ok).length;
  if (good < orders.length) throw new Error(`only ${good} of ${orders.length} orders went through after the rollback`);
  const { crisis, playbook } = await stack.firebreak.view(key);
  const owed = playbook.phases
    .flatMap(({ tasks }) => tasks)
    .filter(
      ({ id, validates, does }) => validates && does !== 'watchRegression' && crisis.tasks[id]?.status !== 'done',
    );
  for (const { id } of owed)
    await stack.firebreak.command(key, 'complete', {
      by: 'ben',
      via: 'demo',
      task: id,
      note: `${good} of ${orders.length} sample orders went through`,
    });
};

const summarise = async ({ stack, narrator }: Stage, crisisId: string, history: unknown): Promise<void> => {
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
