import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { webhookSecret } from '../support/receiver.js';
import { replayAll } from '../support/replaying.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

/** Whoever is called answers after so long, one after the other; the last one never does. */
const answersAfterMs: Record<string, number> = { ana: 100, ben: 300, chris: 500, dana: Infinity };
const people = Object.keys(answersAfterMs);

const telephones = fastify({ forceCloseConnections: true });
telephones.post<{ Params: { person: string } }>('/:person', ({ params }, reply) => {
  const afterMs = answersAfterMs[params.person] ?? 0;
  if (afterMs < Infinity) setTimeout(() => void reply.code(204).send(), afterMs);
  return reply;
});

let stand: Stand;
let hookUrl: string;
beforeAll(async () => {
  hookUrl = await telephones.listen({ host: '127.0.0.1', port: 0 });
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(async () => {
  await stand.stop();
  await telephones.close();
}, 60_000);

/** Everybody is called at once, by webhook. */
const callingAll = () => ({
  steps: [[0, ...people.map((person) => `person:${person}`)] as const],
  more: {
    people: Object.fromEntries(
      people.map((person) => [
        person,
        { name: person, contacts: [{ channel: 'webhook', to: `${hookUrl}/${person}` }] },
      ]),
    ),
    channels: { webhook: { secret: webhookSecret, allowHosts: ['127.0.0.1'] } },
  },
});

/** Another worker goes on; what is under way with the first one may take its time. */
const takeOver = async (meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> => {
  const stopped = stand.stopWorkers();
  const done = meanwhile();
  await stand.startWorker();
  await Promise.all([stopped, done]);
};

test('a command that comes as one worker goes and another comes is decided after what came before it, ever again', async () => {
  const story = beginStory(stand, callingAll());
  await story.alert();
  await story.pageTo('chris');
  await takeOver(() => story.command('acknowledge', { by: 'chris' }));
  const decided = await story.events();

  const order = decided.flatMap((event) =>
    event.type === 'acknowledged' || (event.type === 'pageSettled' && event.key.includes('chris')) ? [event.type] : [],
  );
  expect(order).toEqual(['pageSettled', 'acknowledged']);
  await takeOver();
  const again = await until('the next worker', () => story.events());
  expect(again.slice(0, decided.length)).toEqual(decided);
  expect((await replayAll(stand.client)).others).toEqual([]);
}, 180_000);
