import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scaled } from '../support/random.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 60_000);

const wanted = scaled(12_000);

test(`${wanted} commands on one crisis: it goes on as new runs before the server refuses one, and forgets none`, async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  const { crisisId } = await story.crisis();
  const { runId } = await story.handle.describe();
  let sent = 0;
  const send = async () => {
    while (sent < wanted) {
      const id = `note-${sent++}`;
      await story.handle.signal('note', { by: 'ana', id, text: id });
    }
  };
  await Promise.all(Array.from({ length: 16 }, send));
  if (wanted > 4_000) await until('the next run', async () => (await story.handle.describe()).runId !== runId, 120_000);
  // The last ones again, over the change of runs: they have been done.
  for (let nth = wanted - 50; nth < wanted; nth++)
    await story.handle.signal('note', { by: 'ana', id: `note-${nth}`, text: 'twice' });
  await story.command('note', { by: 'ana', text: 'the end' });

  const timeline = await until(
    'the whole timeline in the store',
    async () => {
      const kept = await stand.store.timeline(crisisId);
      return kept.length === (await story.crisis()).seq && kept;
    },
    120_000,
  );
  const texts = timeline.flatMap(({ event }) => (event.type === 'noted' ? [event.text] : []));
  expect(new Set(texts).size).toBe(wanted + 1);
  expect(texts).toHaveLength(wanted + 1);
  expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i));
});
