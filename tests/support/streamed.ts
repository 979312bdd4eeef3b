import { expect, test } from '@jest/globals';
import type { Stand } from './stand.js';
import { beginStory, type Story } from './story.js';
import { until } from './until.js';

type Note = { by: string; id: string; text: string };
const ways = {
  /** As the API hands them on: each is answered by the crisis. */
  answered: (story: Story, note: Note): Promise<unknown> => story.command('note', note),
  /** Straight to Temporal, without a pause and without an answer. */
  signalled: (story: Story, note: Note): Promise<unknown> => story.handle.signal('note', note),
};

type Stream = { wanted: number; senders: number; way: keyof typeof ways };

/** More commands on one crisis than one run of a workflow may take. */
export const testStream = (stand: () => Stand, { wanted, senders, way }: Stream): void =>
  test(`${wanted} ${way} commands of ${senders} senders on one crisis: none is refused or forgotten over its new runs`, async () => {
    const story = beginStory(stand());
    await story.alert();
    await story.pageTo('ana');
    const { crisisId } = await story.crisis();
    const { runId } = await story.handle.describe();
    let sent = 0;
    const send = async () => {
      while (sent < wanted) {
        const id = `note-${sent++}`;
        await ways[way](story, { by: 'ana', id, text: id });
      }
    };
    await Promise.all(Array.from({ length: senders }, send));
    await until('the next run', async () => (await story.handle.describe()).runId !== runId, 30_000);
    // The last ones again, over the change of runs: they have been done.
    for (let nth = wanted - 50; nth < wanted; nth++)
      await ways[way](story, { by: 'ana', id: `note-${nth}`, text: 'twice' });
    await story.command('note', { by: 'ana', text: 'the end' });

    const timeline = await until(
      'the whole timeline in the store',
      async () => {
        const kept = await stand().store.timeline(crisisId);
        return kept.length === (await story.crisis()).seq && kept;
      },
      120_000,
    );
    const texts = timeline.flatMap(({ event }) => (event.type === 'noted' ? [event.text] : []));
    expect(new Set(texts).size).toBe(wanted + 1);
    expect(texts).toHaveLength(wanted + 1);
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i));
  });
