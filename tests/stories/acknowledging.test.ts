import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { request } from 'undici';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

/** Temporal's own command line, as somebody types it whose console is down. */
const temporal = (...words: string[]) =>
  execa(stand.temporalCli, ['workflow', ...words, '--address', stand.address], { reject: false, all: true });

const pageBehind = async (url: string, method: 'GET' | 'POST') => {
  const { statusCode, body } = await request(url, { method });
  return { statusCode, text: (await body.text()).replace(/<[^>]*>/g, ' ') };
};

test('the link in a mail shows the crisis, and acknowledges only when its button is pressed', async () => {
  const story = beginStory(stand);
  await story.alert();
  const { text } = await story.mailTo('ana');
  const link = /http:\S+\/a\/\S+/.exec(text)?.[0] ?? '';

  const shown = await pageBehind(link, 'GET');
  expect(shown.statusCode).toBe(200);
  expect(shown.text).toContain('checkout is down');
  expect((await story.crisis()).status).toBe('triggered');

  const pressed = await pageBehind(link, 'POST');
  expect(pressed.statusCode).toBe(200);
  expect(pressed.text).toContain('You have acknowledged');
  expect(await story.crisis()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ana' });

  const again = await pageBehind(link, 'POST');
  expect(again.text).toContain('Already acknowledged by you');
  expect(await story.eventsOf('acknowledged')).toHaveLength(1);
});

test('a second person who presses the link of an answered page learns who has it', async () => {
  const story = beginStory(stand, { steps: [[0, 'primary', 'secondary']] });
  await story.alert();
  const links = await Promise.all(
    ['ana', 'ben'].map(async (person) => /http:\S+\/a\/\S+/.exec((await story.mailTo(person)).text)?.[0] ?? ''),
  );
  await pageBehind(links[0] ?? '', 'POST');

  expect((await pageBehind(links[1] ?? '', 'POST')).text).toContain('Already acknowledged by Ana');
  expect((await story.crisis()).acknowledgedBy).toBe('ana');
});

test('a link that was changed on its way does nothing', async () => {
  const story = beginStory(stand);
  await story.alert();
  const link = /http:\S+\/a\/\S+/.exec((await story.mailTo('ana')).text)?.[0] ?? '';

  expect((await pageBehind(`${link.slice(0, -4)}AAAA`, 'POST')).statusCode).toBe(403);
  expect((await story.crisis()).status).toBe('triggered');
});

test('a crisis is acknowledged by a signal from the temporal command line', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  const sent = await temporal('signal', '-w', story.workflowId, '--name', 'acknowledge', '--input', '{"by":"ana"}');

  expect(sent).toMatchObject({ exitCode: 0 });
  await story.when('it is acknowledged', ({ acknowledgedBy }) => acknowledgedBy === 'ana');
});

test('a crisis is acknowledged by an update from the temporal command line, which prints the answer', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  const asked = await temporal(
    ...['update', 'execute', '-w', story.workflowId, '--name', 'acknowledge', '--input', '{"by":"ben"}'],
    ...['--output', 'json'],
  );

  expect(asked.exitCode).toBe(0);
  expect(asked.stdout).toContain('"acknowledged"');
  expect((await story.crisis()).acknowledgedBy).toBe('ben');
});

test('a refused update answers with the reason, and leaves no trace in the history', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  await story.when('the timeline is projected', ({ seq }) => seq > 0);
  const before = (await story.events()).length;
  const asked = await temporal(
    ...['update', 'execute', '-w', story.workflowId, '--name', 'resolve', '--input', '{"by":"ana"}'],
  );

  expect(asked.exitCode).not.toBe(0);
  expect(asked.all).toContain('nobody has acknowledged it');
  expect(
    (await story.handle.fetchHistory()).events?.filter((e) => e.workflowExecutionUpdateAcceptedEventAttributes),
  ).toEqual([]);
  expect((await story.events()).slice(before).map(({ type }) => type)).not.toContain('refused');
});

test.each([
  ['cannot be read', '{"who":"ana"}', /by/],
  ['is not welcome', '{"by":"ana"}', /nobody has acknowledged it/],
])('a signal that %s is noted on the timeline and harms nothing', async (_how, input, reason) => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  await temporal('signal', '-w', story.workflowId, '--name', 'resolve', '--input', input);

  const refused = await until('the refusal', async () => (await story.eventsOf('refused'))[0]);
  expect(refused).toMatchObject({ command: 'resolve', reason: expect.stringMatching(reason) });
  expect((await story.crisis()).status).toBe('triggered');
});
