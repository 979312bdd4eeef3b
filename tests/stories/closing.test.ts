import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory, type Story } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);
afterEach(() => stand.storeIs('there'));

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

test('of alerts that come while a crisis closes none is lost: each is in that crisis or in the next one', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  await story.alert({ dedupKey: 'first' });
  await resolve(story);
  let sent = 1;
  // Old news of what has been resolved, so that it keeps coming and does not count as a regression.
  const startedAt = Date.now() - 60_000;
  while ((await story.handle.describe()).status.name === 'RUNNING') {
    await story.alert({ dedupKey: `late ${sent}`, startedAt });
    sent++;
  }
  for (let more = 0; more < 3; more++, sent++) await story.alert({ dedupKey: `late ${sent}`, startedAt });

  const keptOf = async () => (await stand.store.alerts({ limit: 10_000 })).filter(({ alert }) => alert.id !== '');
  const expected = Array.from({ length: sent - 1 }, (_, i) => `late ${i + 1}`);
  await until('every late alert on record', async () => {
    const kept = new Set((await keptOf()).map(({ alert }) => alert.dedupKey));
    return expected.every((dedupKey) => kept.has(dedupKey));
  });
});

test('an alert that finds a crisis closing is taken over by the one that comes after', async () => {
  const story = beginStory(stand, { regressionWatchMs: 1 });
  await story.alert();
  const { crisisId } = await until('the crisis', story.crisis);
  await resolve(story);
  // Straight into the closing crisis, as a sender does whose message was under way.
  const tallies = [
    {
      alert: {
        id: 'late',
        format: 'generic',
        detection: 'monitoring alert',
        status: 'firing',
        dedupKey: 'late',
        summary: 'it is down again',
        service: 'shop',
        labels: {},
        facts: { completeOutage: true },
        receivedAt: Date.now(),
      },
      count: 1,
      lastAt: Date.now(),
    },
  ];
  await story.handle
    .signal('alert', { by: 'monitor', tallies })
    .catch(() => story.alert({ id: 'late', dedupKey: 'late' }));

  await until('the alert in a crisis', async () =>
    (await stand.store.alerts({ limit: 10_000 })).some(
      ({ alert, crisisId: of }) => alert.id === 'late' && of !== undefined,
    ),
  );
  expect(crisisId).toBeDefined();
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
  expect(timeline.at(-1)?.event.type).toBe('tellSettled');
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
