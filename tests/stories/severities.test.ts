import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

const minor = { facts: { minorFeatureIssue: true }, summary: 'avatars do not load' };
const alertsKept = (filter: { crisisId?: string } = {}) => stand.store.alerts({ ...filter, limit: 1000 });

test('a P2 is watched: the team is told, and no telephone rings', async () => {
  const story = beginStory(stand);
  const [accepted] = await story.alert(minor);

  expect(accepted).toMatchObject({ outcome: 'watch', classification: { severity: 'P2' } });
  const told = await until('the team to be told', async () =>
    Object.values((await story.crisis()).deliveries).find(({ status }) => status === 'sent'),
  );
  expect(told).toMatchObject({ kind: 'tell', person: 'dana' });
  expect(await story.pages()).toEqual([]);
  expect((await story.handle.describe()).type).toBe('watch');
});

test('a watch that a person promotes pages at once, as the same crisis in another workflow type', async () => {
  const story = beginStory(stand);
  await story.alert(minor);
  const { crisisId } = await until('the watch', story.crisis);
  await story.command('note', { by: 'dana', id: 'written-once', text: 'it spreads' });
  const before = await story.handle.describe();
  await story.command('promote', { by: 'dana', reason: 'it spreads' });

  await story.pageTo('ana');
  await until('the other type', async () => (await story.handle.describe()).type === 'productionOutage');
  const after = await story.handle.describe();
  expect(after.runId).not.toBe(before.runId);
  expect(await story.crisis()).toMatchObject({ crisisId, type: 'productionOutage', status: 'triggered' });

  // The same command once more, in the new run: it has been done.
  await story.command('note', { by: 'dana', id: 'written-once', text: 'it spreads' });
  const timeline = await until('the whole timeline in the store', async () => {
    const kept = await stand.store.timeline(crisisId);
    return kept.length === (await story.crisis()).seq && kept;
  });
  expect(timeline.filter(({ event }) => event.type === 'noted')).toHaveLength(1);
});

test('a worse alert makes a crisis of a watch', async () => {
  const story = beginStory(stand);
  await story.alert(minor);
  const { crisisId } = await until('the watch', story.crisis);
  await story.alert();

  await story.pageTo('ana');
  expect(await story.crisis()).toMatchObject({ crisisId, classification: { severity: 'P0' } });
});

test('a P3 is recorded and runs nothing', async () => {
  const story = beginStory(stand);
  const dedupKey = `cosmetic-${story.key}`;
  const [accepted] = await story.alert({ facts: { cosmetic: true }, dedupKey, summary: 'a button is off' });

  expect(accepted).toMatchObject({ outcome: 'recorded', classification: { severity: 'P3' } });
  const record = await until('the record', async () =>
    (await alertsKept()).find(({ alert }) => alert.dedupKey === dedupKey),
  );
  expect(record).toMatchObject({ classification: { severity: 'P3', rule: 'cosmetic' } });
  expect(record.crisisId).toBeUndefined();
  await expect(story.crisis()).rejects.toThrow('no running crisis');
});

test('what says that something is over opens nothing, and clears what it is about', async () => {
  const story = beginStory(stand);
  const over = { status: 'resolved' as const, dedupKey: `over-${story.key}` };
  expect(await story.alert(over)).toMatchObject([{ outcome: 'recorded' }]);
  await expect(story.crisis()).rejects.toThrow('no running crisis');

  await story.alert({ dedupKey: over.dedupKey });
  await story.pageTo('ana');
  await story.alert(over);
  const [cleared] = await until('all clear', async () => {
    const found = await story.eventsOf('alertsCleared');
    return found.length > 0 && found;
  });
  expect(cleared).toMatchObject({ count: 1 });
  expect((await story.crisis()).status).toBe('triggered');
});

test('every alert is kept with its classification, also those that join', async () => {
  const story = beginStory(stand);
  await story.alert({ dedupKey: 'first' });
  await story.alert({ dedupKey: 'second', facts: { partialDegradation: true } });
  const { crisisId } = await until('the crisis', story.crisis);

  const kept = await until('both on record', async () => {
    const found = await alertsKept({ crisisId });
    return found.length === 2 && found;
  });
  expect(kept.map(({ alert, classification }) => [alert.dedupKey, classification.severity]).sort()).toEqual([
    ['first', 'P0'],
    ['second', 'P1'],
  ]);
});
