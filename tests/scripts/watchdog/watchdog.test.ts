import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { crisis, delivery, projection } from '../../store/support/crises.js';
import { alertOf } from '../../support/plan.js';
import { until } from '../../support/until.js';
import { taskQueue } from '../../../src/workers/worker.js';
import { startWatchdog } from './support/watchdog.js';
import { startWatched, type Watched } from './support/watched.js';

let watched: Watched;
let stand: Watched['stand'];
let sink: Watched['sink'];
const to = 'platform@example.com';

beforeAll(async () => {
  watched = await startWatched(to);
  ({ stand, sink } = watched);
}, 120_000);
afterAll(() => watched.stop());

/** The mail that says so; seconds at this pace, a minute where the machine is busy. */
const told = (title: 'Wrong' | 'Over', what: string, whom = to) =>
  stand.mailbox.waitFor(
    ({ to: people, text }) =>
      people.some(({ address }) => address === whom) && text.includes(`${title}:\n`) && text.includes(what),
    50_000,
  );
const isWell = async () => {
  const before = sink.pings();
  await until('the dead-man check to be called', () => sink.pings() > before + 1, 50_000);
};
/** Over several intervals of the dead-man check it hears only that something is wrong. */
const isSilent = async () => {
  const failures = sink.failures();
  await until('the dead-man check to hear of a fault', () => sink.failures() > failures, 50_000);
  const [pings, then] = [sink.pings(), sink.failures()];
  await until('more calls', () => sink.failures() > then + 2, 50_000);
  expect(sink.pings()).toBe(pings);
};

test('while all is well nobody is told, and the dead-man check is called', async () => {
  await isWell();
  expect(stand.mailbox.messages().filter(({ from }) => from.address === 'watchdog@example.com')).toEqual([]);
  expect(sink.failures()).toBe(0);
});

test('a workflow whose task fails for ever is found, and a crisis beside it goes on', async () => {
  const poisoned = await stand.client.workflow.start('notOfThisRelease', {
    taskQueue,
    workflowId: 'crisis:poisoned',
    workflowTaskTimeout: '2s',
  });
  await stand.firebreak.accept([alertOf({ receivedAt: Date.now() })]);

  await stand.mailbox.waitFor(({ to: people }) => people.some(({ address }) => address === 'ana@example.com'), 30_000);
  const mail = await told('Wrong', 'crisis:poisoned');
  expect(mail.subject).toMatch(/^Firebreak itself has a fault: crisis:poisoned \(notOfThisRelease\) is stuck/);
  expect(mail.text).not.toContain('crisis:shop');
  await isSilent();

  await poisoned.terminate();
  await told('Over', 'crisis:poisoned');
  await isWell();
}, 120_000);

test('a message that is not sent for too long is found in the ledger', async () => {
  const lost = (status: 'intended' | 'sent') =>
    projection({
      ...crisis({ crisisId: 'stuck-1', correlationKey: 'stuck', seq: status === 'sent' ? 2 : 1 }),
      deliveries: { lost: delivery('lost', { person: 'ana', status }) },
    });
  await stand.store.project(lost('intended'));
  expect((await told('Wrong', 'stuck-1')).text).toContain('to ana by email is not sent');

  await stand.store.project(lost('sent'));
  await told('Over', 'stuck-1');
}, 120_000);

test('when no worker polls any more people are told, and again when one is back', async () => {
  await stand.stopWorkers();
  await told('Wrong', 'no worker polls the task queue "firebreak"');
  await isSilent();

  await stand.startWorker();
  await told('Over', 'no worker polls');
  await isWell();
}, 120_000);

test('a worker that is killed has said nothing, and is missed all the same', async () => {
  await stand.stopWorkers();
  const worker = execa('npx', ['tsx', 'tests/scripts/watchdog/support/worker.ts', stand.address], {
    reject: false,
    detached: true,
    stderr: 'ignore',
  });
  await once(worker.stdout, 'data');
  const other = await startWatchdog(stand, { to: 'night@example.com', workerSilentMs: 4_000 });
  try {
    if (worker.pid === undefined) throw new Error('expected the worker to run');
    process.kill(-worker.pid, 'SIGKILL');
    await told('Wrong', 'no worker polls', 'night@example.com');
  } finally {
    await other.stop();
    await stand.startWorker();
  }
}, 120_000);

test('it stops when asked to, and says nothing at its end', async () => {
  const other = await startWatchdog(stand, { to: 'end@example.com' });
  expect(await other.stop()).toMatchObject({ exitCode: 0 });
}, 120_000);
