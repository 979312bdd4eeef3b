import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Channel, Message } from '../../src/channels/channel.js';
import { createChannels } from '../../src/channels/channels.js';
import { createSmsChannel } from '../../src/channels/sms.js';
import { referenceLine } from '../../src/domain/message/reference.js';
import { account, startTwilio, type Mood } from '../support/twilioServer.js';

const message: Message = {
  key: 'CR-1/page/response/r0/s0/ana/sms',
  to: '+4915112345678',
  subject: 'P0 critical: shop',
  text: 'P0 shop: checkout is down',
  urgent: true,
};
const never = new AbortController().signal;
const longAgo = new Date(0);

let twilio: Awaited<ReturnType<typeof startTwilio>>;
let sms: Channel;
const channelTo = (baseUrl: string, authToken = account.authToken): Channel =>
  createSmsChannel({ ...account, authToken, from: '+15005550006', baseUrl, timeoutMs: 2_500 });

beforeEach(async () => {
  twilio = await startTwilio();
  sms = channelTo(twilio.baseUrl);
});
afterEach(() => twilio.close());

test('a text message goes out with the reference of its key, as the vendor wants its parameters', async () => {
  const sent = await sms.send(message, never);

  expect(sent).toEqual({ status: 'sent', ref: twilio.taken[0]?.sid });
  expect(twilio.refused).toEqual([]);
  expect(twilio.taken).toMatchObject([{ to: message.to, body: `${message.text}\n${referenceLine(message.key)}` }]);
});

test('Twilio is asked to report where the public address leads, and only where it can reach', async () => {
  const settings = { ...account, from: '+15005550006', baseUrl: twilio.baseUrl, timeoutMs: 2_500 };
  const reportsTo = async (publicUrl: string, more = {}) => {
    const { sms: channel } = createChannels({ sms: { ...settings, ...more } }, publicUrl);
    await channel?.send({ ...message, key: publicUrl }, never);
    return twilio.taken.at(-1)?.reportsTo;
  };

  expect(await reportsTo('https://crisis.example.com/')).toBe('https://crisis.example.com/webhooks/twilio/status');
  expect(await reportsTo('http://127.0.0.1:7400')).toBeUndefined();
  const statusCallback = 'https://hooks.example.com/twilio';
  expect(await reportsTo('http://127.0.0.1:7400', { statusCallback })).toBe(statusCallback);
});

test.each<[Mood, object]>([
  ['busy', { status: 'failed', permanent: false }],
  ['badNumber', { status: 'failed', permanent: true, reason: expect.stringContaining('21211') }],
  ['brokenAfter', { status: 'uncertain' }],
  ['silentAfter', { status: 'uncertain' }],
  ['cutAfter', { status: 'uncertain' }],
  ['garbledAfter', { status: 'uncertain' }],
])('when the vendor fares %s, the answer says what is known', async (mood, expected) => {
  twilio.state.mood = mood;

  expect(await sms.send(message, never)).toMatchObject(expected);
});

test('what went out although the answer was lost is found by its reference', async () => {
  twilio.state.mood = 'brokenAfter';
  await sms.send(message, never);
  twilio.state.mood = 'well';

  expect(await sms.find(message.key, message.to, longAgo)).toEqual({ ref: twilio.taken[0]?.sid });
});

test('another key, another number, an older one, or one that the carrier refused is not taken for it', async () => {
  await sms.send(message, never);
  const [taken] = twilio.taken;
  if (!taken) throw new Error('expected a message to be taken');

  expect(await sms.find('another key', message.to, longAgo)).toBe('unsent');
  expect(await sms.find(message.key, '+4915100000000', longAgo)).toBe('unsent');
  expect(await sms.find(message.key, message.to, new Date(Date.now() + 3_600_000))).toBe('unsent');
  taken.status = 'undelivered';
  expect(await sms.find(message.key, message.to, longAgo)).toBe('unsent');
});

test('when the vendor cannot be asked, nobody knows', async () => {
  twilio.state.mood = 'down';

  expect(await sms.find(message.key, message.to, longAgo)).toBe('unknown');
});

test('a wrong token fails for good', async () => {
  expect(await channelTo(twilio.baseUrl, 'wrong').send(message, never)).toMatchObject({
    status: 'failed',
    permanent: true,
    reason: expect.stringContaining('20003'),
  });
});

test('a vendor that cannot be reached has surely sent nothing', async () => {
  await twilio.close();

  expect(await sms.send(message, never)).toMatchObject({ status: 'failed', permanent: false });
});

test.each(['015112345678', 'whatsapp:+4915112345678', '+49 151', ''])('%j is not a number to send to', async (to) => {
  expect(await sms.send({ ...message, to }, never)).toMatchObject({ status: 'failed', permanent: true });
  expect(twilio.taken).toEqual([]);
});
