import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { CancelledFailure } from '@temporalio/common';
import { createPageActivity } from '../../src/activities/page.js';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { messageIdOf } from '../../src/channels/email.js';
import { readAckLink, signAckLink } from '../../src/domain/ackLink.js';
import type { ChannelName } from '../../src/domain/delivery.js';
import type { PageEffect, PageOutcome } from '../../src/domain/effect.js';
import { startReceiver, webhookSecret } from '../support/receiver.js';
import { startVendors, type Vendors } from '../support/vendors.js';

const secret = 'a secret of at least thirty-two bytes';
const from = 'crisis@firebreak.example';
const hour = 3_600_000;
const addresses: Record<ChannelName, string> = { email: 'ana@example.com', sms: '+4915112345678', webhook: '' };

let vendors: Vendors;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let channels: Vendors['channels'];

beforeEach(async () => {
  receiver = await startReceiver();
  const timeoutMs = 2_500;
  vendors = await startVendors(timeoutMs, {
    webhook: { secret: webhookSecret, allowHosts: ['127.0.0.1'], timeoutMs },
  });
  ({ channels } = vendors);
});
afterEach(async () => {
  closeChannels(channels);
  await Promise.all([vendors.close(), receiver.close()]);
});

const effect = (channel: ChannelName): PageEffect => ({
  kind: 'page',
  key: `CR-1/page/response/r0/s0/ana/${channel}`,
  crisisId: 'CR-1',
  mode: 'live',
  engagement: 'response',
  person: 'ana',
  channel,
  to: addresses[channel] || receiver.url,
  message: {
    crisisId: 'CR-1',
    severity: 'P0',
    title: 'Checkout is down',
    why: 'Complete service outage',
    services: ['shop'],
    declaredAt: Date.now() - 1_000,
    reason: 'You are primary on call',
    next: 'Without an answer the secondary will be paged in 1m.',
  },
});

const activity = (stillRings: () => Promise<boolean> = () => Promise.resolve(true)) =>
  createPageActivity({
    channels,
    ackLinks: { sign: (claims) => signAckLink(claims, secret, Date.now() + hour) },
    publicUrl: 'https://firebreak.example/',
    now: Date.now,
    stillRings,
  });
const page = (one: PageEffect, attempt = 1): Promise<PageOutcome> =>
  new MockActivityEnvironment({ attempt, scheduledTimestampMs: Date.now() - 5_000 }).run(activity(), one);

test('a page by mail is sent, with a link by which that person can acknowledge', async () => {
  const one = effect('email');

  expect(await page(one)).toEqual({ status: 'sent', ref: messageIdOf(one.key, from), sentAt: expect.any(Number) });

  const [, token = ''] = /https:\/\/firebreak\.example\/a\/(\S+)/.exec(vendors.mailbox.mails[0]?.text ?? '') ?? [];
  expect(await readAckLink(token, secret, Date.now())).toEqual({ crisisId: 'CR-1', person: 'ana', key: one.key });
});

test('a page in a drill says so', async () => {
  await page({ ...effect('email'), mode: 'drill' });

  expect(vendors.mailbox.mails[0]?.subject).toMatch(/^\[DRILL\] /);
});

test('a refusal is an outcome with its reason, never an error', async () => {
  vendors.mailbox.behaviour.refuse = { code: 550, says: 'no such user' };

  expect(await page(effect('email'))).toEqual({ status: 'failed', reason: expect.stringContaining('no such user') });
});

test('a channel that is not configured is a failed page', async () => {
  channels = {};

  expect(await page(effect('sms'))).toEqual({ status: 'failed', reason: 'no channel "sms" is configured' });
});

test('an uncertain end stays uncertain where nobody can be asked', async () => {
  vendors.mailbox.behaviour.atTheDot = 'cut';

  expect(await page(effect('email'))).toMatchObject({ status: 'uncertain' });
});

test('an uncertain text message is looked for at once, and found', async () => {
  vendors.twilio.state.mood = 'brokenAfter';

  expect(await page(effect('sms'))).toMatchObject({ status: 'sent', ref: vendors.twilio.taken[0]?.sid });
});

test('a second attempt does not send the text message that the first one sent', async () => {
  await page(effect('sms'));

  expect(await page(effect('sms'), 2)).toMatchObject({ status: 'sent', ref: vendors.twilio.taken[0]?.sid });
  expect(vendors.twilio.taken).toHaveLength(1);
});

test('a second attempt sends the text message that the first one did not send', async () => {
  expect(await page(effect('sms'), 2)).toMatchObject({ status: 'sent' });

  expect(vendors.twilio.taken).toHaveLength(1);
  expect(vendors.twilio.taken[0]?.body).not.toContain('Repeat?');
});

test('a second attempt by mail goes out again under the same id, marked as a possible repeat', async () => {
  await page(effect('email'));

  expect(await page(effect('email'), 2)).toMatchObject({ status: 'sent', possibleRepeat: true });
  expect(vendors.mailbox.mails.map(({ messageId }) => messageId)).toEqual([
    vendors.mailbox.mails[0]?.messageId,
    vendors.mailbox.mails[0]?.messageId,
  ]);
  expect(vendors.mailbox.mails[0]?.text).not.toContain('repeat');
  expect(vendors.mailbox.mails[1]?.text).toContain('this may be a repeat');
});

test('a second attempt that fails, or is called off, does not take back what the first one may have sent', async () => {
  await page(effect('email'));
  const mayHave = { status: 'uncertain', reason: expect.stringContaining('the first attempt may have gone out') };

  const environment = new MockActivityEnvironment({ attempt: 2 });
  const again = environment.run(activity(), effect('email'));
  environment.cancel('CANCELLED');
  expect(await again).toMatchObject(mayHave);

  vendors.mailbox.behaviour.refuse = { code: 550, says: 'no such user' };
  expect(await page(effect('email'), 2)).toMatchObject(mayHave);
  expect(vendors.mailbox.mails).toHaveLength(1);
});

test('a second attempt by webhook carries the same id, and the receiver folds it', async () => {
  await page(effect('webhook'));

  const again = await page(effect('webhook'), 2);

  expect(again).toMatchObject({ status: 'sent' });
  expect(again).not.toHaveProperty('possibleRepeat');
  expect(receiver.state.calls).toBe(2);
  expect(receiver.received.size).toBe(1);
});

test('a page that is called off while the server keeps us waiting is cancelled', async () => {
  vendors.mailbox.behaviour.greetsAfterMs = 600;
  const environment = new MockActivityEnvironment({ attempt: 1 });

  const paging = environment.run(activity(), effect('email'));
  environment.cancel('CANCELLED');

  expect(await paging).toMatchObject({ status: 'cancelled' });
  expect(vendors.mailbox.mails).toHaveLength(0);
});

test('a worker that stops leaves the page to the next one', async () => {
  vendors.mailbox.behaviour.greetsAfterMs = 600;
  const environment = new MockActivityEnvironment({ attempt: 1 });

  const paging = environment.run(activity(), effect('email'));
  environment.cancel('WORKER_SHUTDOWN');

  await expect(paging).rejects.toThrow(CancelledFailure);
});

test('a server that is silent for ever ends in an outcome within the attempt', async () => {
  vendors.mailbox.behaviour.atTheDot = 'hang';
  channels = createChannels({
    email: { host: '127.0.0.1', port: vendors.mailbox.port, secure: false, from, timeoutMs: 60_000 },
  });
  const began = Date.now();

  expect(await page(effect('email'))).toMatchObject({ status: 'uncertain' });
  expect(Date.now() - began).toBeLessThan(9_500);
});

test('a second attempt for somebody who need not come any more sends nothing, and says what it cannot know', async () => {
  const tryAgain = (channel: ChannelName) =>
    new MockActivityEnvironment({ attempt: 2, scheduledTimestampMs: Date.now() - 5_000 }).run(
      activity(() => Promise.resolve(false)),
      effect(channel),
    );

  expect(await tryAgain('sms')).toMatchObject({ status: 'cancelled' });
  expect(await tryAgain('email')).toMatchObject({
    status: 'uncertain',
    reason: expect.stringContaining('may have gone'),
  });
  expect([vendors.twilio.taken, vendors.mailbox.mails]).toEqual([[], []]);
});
