import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { never, settingsFor, soon } from '../support/settings.js';
import { startMailbox, type Mailbox } from '../support/smtp.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory, type StoryOptions } from '../support/story.js';
import { account, startTwilio } from '../support/twilioServer.js';
import { until } from '../support/until.js';

let stand: Stand;
let relay: Mailbox;
let phone: Awaited<ReturnType<typeof startTwilio>>;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);
beforeEach(async () => {
  relay = await startMailbox();
  phone = await startTwilio();
});
afterEach(async () => {
  stand.storeIs('there');
  await relay.close();
  await phone.close();
});

const person = (name: string, number?: string) => ({
  name,
  contacts: [
    { channel: 'email', to: `${name.toLowerCase()}@example.com` },
    ...(number === undefined ? [] : [{ channel: 'sms', to: number, urgent: false }]),
  ],
});

/** Mail goes by the relay of the test, which fails as it is told to; Ana has a telephone too. */
const withRelay = ({ timeoutMs = 5_000, ...options }: StoryOptions & { timeoutMs?: number } = {}) => {
  const base = settingsFor({ smtp: relay.port });
  return beginStory(stand, {
    smtp: relay.port,
    steps: [
      [0, 'primary'],
      [never, 'secondary'],
    ],
    ...options,
    more: {
      people: { ...base.people, ana: person('Ana', '+491701234567'), ben: person('Ben') },
      channels: {
        email: { host: '127.0.0.1', port: relay.port, from: 'Firebreak <firebreak@example.com>', timeoutMs },
        sms: { ...account, from: '+15005550006', baseUrl: phone.baseUrl },
      },
      ...options.more,
    },
  });
};

test('a mail server that refuses a page is no end: the same person’s telephone is tried at once', async () => {
  relay.behaviour.refuse = { code: 550, says: 'no such mailbox' };
  const story = withRelay();
  await story.alert();

  await until('the text message', () => phone.taken.length > 0);
  const pages = await until('both settled', async () => {
    const now = await story.pages();
    return now.length === 2 && now.every(({ status }) => status !== 'intended') && now;
  });
  expect(pages).toMatchObject([
    { person: 'ana', channel: 'email', status: 'failed', reason: expect.stringContaining('550') },
    { person: 'ana', channel: 'sms', status: 'sent' },
  ]);
});

test('a mail server that never says a word is given up, and the telephone rings', async () => {
  relay.behaviour.greetsAfterMs = never;
  const story = withRelay({ timeoutMs: 500 });
  await story.alert();

  await until('the text message', () => phone.taken.length > 0);
  expect((await story.pages())[0]).toMatchObject({ channel: 'email', status: 'failed' });
});

test('when every channel of a person fails, the next step is taken at once', async () => {
  relay.behaviour.refuse = { code: 550, says: 'no such mailbox' };
  phone.state.mood = 'badNumber';
  const story = withRelay();
  await story.alert();

  await story.pageTo('ben');
  const ana = (await story.pages()).filter(({ person }) => person === 'ana');
  expect(ana.map(({ channel, status }) => [channel, status])).toEqual([
    ['email', 'failed'],
    ['sms', 'failed'],
  ]);
});

test.each(['hang', 'cut'] as const)(
  'a mail server that takes the whole mail and %ss leaves the page in doubt, the ledger says so, and the telephone rings',
  async (how) => {
    relay.behaviour.atTheDot = how;
    const story = withRelay({ timeoutMs: 4_000 });
    await story.alert();

    expect(await story.pageTo('ana')).toMatchObject({
      channel: 'email',
      status: 'uncertain',
      reason: expect.stringContaining('after the whole message had gone out'),
    });
    await until('the text message', () => phone.taken.length > 0);
  },
);

test('paging does not wait for the database, and what happened is projected when it is back', async () => {
  stand.storeIs('away');
  const story = beginStory(stand, {
    steps: [
      [0, 'primary'],
      [soon, 'secondary'],
    ],
  });
  await story.alert();
  await story.mailTo('ana');
  await story.mailTo('ben');
  await story.command('acknowledge', { by: 'ben' });
  const { crisisId } = await story.crisis();
  expect(await stand.store.crisis(crisisId)).toBeUndefined();

  stand.storeIs('there');
  const kept = await until('the projection', async () => {
    const row = await stand.store.crisis(crisisId);
    return row?.crisis.acknowledgedBy === 'ben' && row;
  });
  expect(kept.crisis.status).toBe('acknowledged');
  const timeline = await stand.store.timeline(crisisId);
  expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i));
  expect((await stand.store.deliveries(crisisId)).filter(({ kind }) => kind === 'page')).toHaveLength(2);
});
