import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { minute } from '../support/plan.js';
import { settingsFor, soon } from '../support/settings.js';
import { startMailbox, type Mailbox } from '../support/smtp.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory, type Story } from '../support/story.js';
import { testStream } from '../support/streamed.js';
import { until } from '../support/until.js';

let stand: Stand;
let relay: Mailbox | undefined;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);
afterEach(async () => {
  stand.storeIs('there');
  await relay?.close();
  relay = undefined;
});

const resolve = async (story: Story) => {
  await story.pageTo('ana');
  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'it was the cache' });
};
const closed = (story: Story) =>
  until('the end', async () => (await story.handle.describe()).status.name === 'COMPLETED');

test('five hundred alerts at once are one crisis, each of them counted, by few messages', async () => {
  const story = beginStory(stand);
  await Promise.all(Array.from({ length: 500 }, (_, i) => story.alert({ dedupKey: `alert ${i % 50}` })));

  await story.when('every alert is counted', ({ alertCount }) => alertCount === 500);
  expect((await story.pages()).filter(({ person }) => person === 'ana')).toHaveLength(1);
  const { events } = await story.handle.fetchHistory();
  expect(events?.filter((e) => e.workflowExecutionSignaledEventAttributes).length).toBeLessThan(20);
});

test('an alert after the end opens the next crisis of the same cause', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  await story.alert();
  const { crisisId } = await until('the crisis', story.crisis);
  await resolve(story);
  await closed(story);
  await story.alert();

  const next = await until('the next crisis', story.crisis);
  expect(next.crisisId).not.toBe(crisisId);
  await story.pageTo('ana');
});

test('of alerts that come while a crisis closes none is lost: each is on record, in that crisis or in the next one', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  // Of a fault that began before the crisis was resolved, so that it is no regression.
  const late = { startedAt: Date.now() - minute };
  await story.alert(late);
  await story.pageTo('ana');
  const firstRun = stand.client.workflow.getHandle(story.workflowId, (await story.handle.describe()).runId);
  await resolve(story);
  let sent = 0;
  let after = 0;
  while (after < 2) {
    if ((await firstRun.describe()).status.name !== 'RUNNING') after++;
    await story.alert({ ...late, dedupKey: `${story.key} ${++sent}` });
  }

  const expected = Array.from({ length: sent }, (_, i) => `${story.key} ${i + 1}`);
  await until('every alert on record with a crisis', async () => {
    const kept = (await stand.store.alerts({ limit: 10_000 })).filter(({ crisisId }) => crisisId !== undefined);
    return expected.every((dedupKey) => kept.some(({ alert }) => alert.dedupKey === dedupKey));
  });
});

test('an alert that finds its crisis closed, but not yet gone, opens the next one', async () => {
  relay = await startMailbox();
  const story = beginStory(stand, { smtp: relay.port, regressionWatchMs: soon });
  await story.alert();
  const { crisisId } = await until('the crisis', story.crisis);
  await resolve(story);
  // The last words take their time, and the workflow waits for them.
  relay.behaviour.greetsAfterMs = 3_000;
  await story.when('it is closed', ({ status }) => status === 'closed');
  const run = await story.handle.describe();
  await story.alert({ dedupKey: 'another fault', summary: 'the search is down' });

  expect((await stand.client.workflow.getHandle(story.workflowId, run.runId).describe()).runId).toBe(run.runId);
  const next = await story.when('the next crisis', (now) => now.crisisId !== crisisId);
  expect(next).toMatchObject({ title: 'the search is down', alertCount: 1 });
  await story.pageTo('ana');
});

test('the archive is written once, and holds the history and the draft', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  await story.alert();
  const { crisisId } = await until('the crisis', story.crisis);
  await resolve(story);
  const first = await story.archived(crisisId);
  await closed(story);

  expect(first.history).toMatchObject({ events: expect.any(Array) });
  expect(stand.postmortems.get(`postmortem-${crisisId}.md`)).toBe(first.postmortem);
});

test('a crisis closes while the database is away, its cause is free at once, and the archive follows', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  await story.alert();
  const { crisisId } = await until('the crisis', story.crisis);
  stand.storeIs('away');
  await resolve(story);
  await closed(story);
  await story.alert();
  await story.when('the next crisis', (next) => next.crisisId !== crisisId);

  stand.storeIs('there');
  const archived = await story.archived(crisisId);
  expect(archived.postmortem).toContain(crisisId);
  const timeline = await stand.store.timeline(crisisId);
  // The next crisis of the cause follows it, which it is told when it is read.
  expect(timeline.findLast(({ event }) => event.type !== 'linked')?.event.type).toBe('tellSettled');
});

test('a command that is sent twice under one id is done once', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  const note = { by: 'ana', id: 'note-1', text: 'the queue is full' };
  await story.command('note', note);
  await story.command('note', note);
  await story.handle.signal('note', note);
  await story.command('note', { by: 'ana', text: 'and another one' });

  expect((await story.eventsOf('noted')).map(({ text }) => text)).toEqual(['the queue is full', 'and another one']);
});

testStream(() => stand, { wanted: 300, senders: 2, way: 'signalled' });
testStream(() => stand, { wanted: 300, senders: 16, way: 'answered' });
