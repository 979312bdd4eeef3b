import { bundleOnce } from './bundle.js';
import { judgePages, type Verdict } from './pageJudge.js';
import { startPostgres } from './parts.js';
import { never, settingsFor } from './settings.js';
import { startMailbox } from './smtp.js';
import { startStand } from './stand.js';
import { beginStory } from './story.js';
import { until } from './until.js';
import { randomFrom, startFleet } from './workerFleet.js';

type Killing = {
  seed: number;
  workers: number;
  crises: number;
  crisisEveryMs: number;
  kills: number;
  killEveryMs: number;
};

const steps: [number, ...string[]][] = [
  [0, 'primary'],
  [2_000, 'secondary'],
  [4_000, 'commander'],
  [6_000, 'rotation'],
];

const pause = (ms: number) =>
  until(
    'a pause',
    (
      (ends) => () =>
        Date.now() >= ends
    )(Date.now() + ms),
    ms + 60_000,
  );

/**
 * Opens crises that nobody answers while workers are killed -9, waits until each has called its last tier, and judges the
 * pages by what the mail server received. Everything is real: processes, server, database, mail.
 */
export const killWorkersUnderEscalation = async (
  run: Killing,
): Promise<Verdict & { kills: number; tooShort: string[] }> => {
  const [stand, postgres, mailbox] = await Promise.all([startStand(settingsFor), startPostgres(), startMailbox()]);
  const random = randomFrom(run.seed);
  const begin = () => beginStory(stand, { smtp: mailbox.port, steps, budgetsMs: [never, never, never] });
  const { dataDir, address, signingKey } = stand;
  const stories = [begin()];
  await stand.stopWorkers();
  const orders = { address, dataDir, signingKey, databaseUrl: postgres.url, bundle: (await bundleOnce()).codePath };
  const fleet = await startFleet({ ...orders, settings: stand.settings() }, run.workers, random);
  try {
    await fleet.allPoll();
    const opening = async () => {
      for (let nth = 0; nth < run.crises; nth++) {
        const story = nth === 0 ? stories[0]! : begin();
        if (nth > 0) stories.push(story);
        await story.alert();
        await pause(run.crisisEveryMs);
      }
    };
    const killing = async () => {
      for (let nth = 0; nth < run.kills; nth++) {
        await pause(run.killEveryMs * (0.5 + random()));
        await fleet.killOne();
      }
    };
    await Promise.all([opening(), killing()]);

    const timelines = [];
    const tooShort: string[] = [];
    for (const { key, events, crisis } of stories) {
      await until(
        `the last tier of ${key}`,
        async () => {
          const { engagements, deliveries } = await crisis();
          const open = Object.values(deliveries).some(({ kind, status }) => kind === 'page' && status === 'intended');
          return engagements['response']?.step === steps.length && !open;
        },
        60_000,
      ).catch(() => tooShort.push(key));
      timelines.push(await events());
    }
    return {
      ...judgePages(timelines, mailbox.mails, 'Firebreak <firebreak@example.com>'),
      kills: fleet.kills(),
      tooShort,
    };
  } finally {
    await fleet.stop();
    await mailbox.close();
    await stand.stop();
    await postgres.stop();
  }
};
