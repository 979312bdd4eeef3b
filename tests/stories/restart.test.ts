import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { never, settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 60_000);

test('a crisis outlives the Temporal server, which goes on with it from its file', async () => {
  const story = beginStory(stand, {
    steps: [
      [0, 'primary'],
      [3_000, 'secondary'],
    ],
  });
  await story.alert();
  await story.pageTo('ana');
  const { crisisId } = await story.crisis();
  await stand.stopServer();
  await stand.startServer();

  await story.mailTo('ben');
  expect(await story.crisis()).toMatchObject({ crisisId, status: 'triggered' });
  await story.command('acknowledge', { by: 'ben' });
  expect((await story.crisis()).acknowledgedBy).toBe('ben');
}, 120_000);

test('after an absence of the workers the furthest tier is called, once, and told how late it is', async () => {
  const steps: [number, ...string[]][] = [
    [0, 'primary'],
    [6_000, 'secondary'],
    [6_500, 'commander'],
    [never, 'rotation'],
  ];
  const story = beginStory(stand, { steps });
  await story.alert();
  await story.pageTo('ana');
  const { declaredAt } = await story.crisis();
  await stand.stopWorkers();
  await until('well over the time of the commander', () => Date.now() > declaredAt + 12_000);
  await stand.startWorker();

  const { text } = await story.mailTo('chris');
  expect(text).toMatch(/^Late: this page is [\d.]+s late: .*1 earlier step was passed over/m);
  const called = (await story.eventsOf('stepTaken')).map(({ people }) => people);
  expect(called).toEqual([['ana'], ['chris']]);
  expect((await story.pages()).map(({ person }) => person).sort()).toEqual(['ana', 'chris']);
  expect((await story.eventsOf('stepTaken')).at(-1)).toMatchObject({ missed: 1, late: expect.any(Number) });
}, 120_000);

test('an acknowledgement that finds no worker is durable, and counts as soon as there is one', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  await stand.stopWorkers();
  await story.handle.signal('acknowledge', { by: 'ana' });
  await stand.startWorker();

  await story.when('it is acknowledged', ({ acknowledgedBy }) => acknowledgedBy === 'ana');
}, 120_000);
