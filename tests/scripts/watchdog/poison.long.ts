import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { taskQueue } from '../../../src/workers/worker.js';
import { alertOf } from '../../support/plan.js';
import { scaled } from '../../support/random.js';
import { until } from '../../support/until.js';
import { startWatched, type Watched } from './support/watched.js';

let watched: Watched;
let stand: Watched['stand'];
const to = 'platform@example.com';

beforeAll(async () => {
  watched = await startWatched(to, { umbrella: { moreThan: 1_000 } });
  ({ stand } = watched);
}, 120_000);
afterAll(() => watched.stop());

const healthy = scaled(198);

/** Neither can take its first task, today or ever: a crisis that begins with nonsense, and a workflow that no worker knows. */
const startIll = () =>
  Promise.all(
    [
      {
        type: 'productionOutage',
        workflowId: 'crisis:poisonous',
        args: [{ declaration: { tallies: [null] }, plan: {} }],
      },
      { type: 'notOfThisRelease', workflowId: 'crisis:failing', args: [] },
    ].map(({ type, ...options }) =>
      stand.client.workflow.start(type, { ...options, taskQueue, workflowTaskTimeout: '2s' }),
    ),
  );

const tells = (id: string) =>
  stand.mailbox.waitFor(
    ({ to: people, text }) => people.some(({ address }) => address === to) && text.includes(id),
    60_000,
  );

test(`one poisonous alert and one failing workflow among ${healthy + 2}: the watchdog finds both in a minute, and everybody else is paged`, async () => {
  const ill = await startIll();
  const found = Promise.all([tells('crisis:poisonous'), tells('crisis:failing')]);
  const causes = Array.from({ length: healthy }, (_, i) => `cause-${i}`);
  await Promise.all(
    causes.map((service) => stand.firebreak.accept([alertOf({ service, dedupKey: service, receivedAt: Date.now() })])),
  );

  await found;
  const paged = () =>
    causes.filter((cause) => stand.mailbox.messages().some(({ subject }) => subject.includes(`${cause} `)));
  await until('a page of every crisis', () => paged().length === healthy, 300_000);
  expect(stand.mailbox.messages().filter(({ subject }) => /cause-\d+ .*is stuck/.test(subject))).toEqual([]);
  await Promise.all(ill.map((workflow) => workflow.terminate()));
}, 600_000);
