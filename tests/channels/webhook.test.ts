import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Channel, Message } from '../../src/channels/channel.js';
import { createWebhookChannel } from '../../src/channels/webhook.js';
import { startReceiver, webhookSecret } from '../support/receiver.js';

const never = new AbortController().signal;
const key = 'CR-1/page/response/r0/s0/ana/webhook';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let webhook: Channel;
let guarded: Channel;
const channel = (allowHosts: string[]): Channel =>
  createWebhookChannel({ secret: webhookSecret, allowHosts, timeoutMs: 2_500 });
const messageTo = (to: string): Message => ({
  key,
  to,
  subject: 'P0 critical: shop',
  text: 'Checkout is down',
  urgent: true,
  crisisId: 'CR-1',
});

beforeEach(async () => {
  receiver = await startReceiver();
  webhook = channel(['127.0.0.1', 'localhost']);
  guarded = channel([]);
});
afterEach(async () => {
  webhook.close?.();
  guarded.close?.();
  await receiver.close();
});

test('a receiver gets a signed message under the key, and can verify it', async () => {
  expect(await webhook.send(messageTo(receiver.url), never)).toEqual({ status: 'sent', ref: key });

  expect(receiver.forged).toEqual([]);
  expect(receiver.received.get(key)?.payload).toMatchObject({
    type: 'firebreak.page',
    data: { key, crisisId: 'CR-1', subject: 'P0 critical: shop', text: 'Checkout is down', urgent: true },
  });
});

test('a repeat carries the same id, so that the receiver folds it', async () => {
  await webhook.send(messageTo(receiver.url), never);
  await webhook.send(messageTo(receiver.url), never);

  expect(receiver.state.calls).toBe(2);
  expect(receiver.received.size).toBe(1);
  expect(webhook.foldsRepeats).toBe(true);
});

test('another secret is not accepted', async () => {
  const other = createWebhookChannel({
    secret: `whsec_${Buffer.from('another secret altogether').toString('base64')}`,
    allowHosts: ['127.0.0.1'],
    timeoutMs: 2_500,
  });

  expect(await other.send(messageTo(receiver.url), never)).toMatchObject({ status: 'failed', permanent: true });
  expect(receiver.received.size).toBe(0);
  other.close?.();
});

test.each([
  [404, true],
  [410, true],
  [429, false],
  [503, false],
])('an answer of %d is a failure, for good: %s', async (answers, permanent) => {
  receiver.state.answers = answers;

  expect(await webhook.send(messageTo(receiver.url), never)).toMatchObject({ status: 'failed', permanent });
});

test('a receiver that takes the message and says nothing leaves it in doubt', async () => {
  receiver.state.answers = 'silence';

  expect(await webhook.send(messageTo(receiver.url), never)).toMatchObject({ status: 'uncertain' });
});

test('a redirect is not followed', async () => {
  const elsewhere = await startReceiver();
  receiver.state.redirectsTo = elsewhere.url;

  expect(await webhook.send(messageTo(receiver.url), never)).toMatchObject({ status: 'failed', permanent: true });

  expect(elsewhere.state.calls).toBe(0);
  await elsewhere.close();
});

test('a receiver that is down has surely got nothing', async () => {
  await receiver.close();

  expect(await webhook.send(messageTo(receiver.url), never)).toMatchObject({ status: 'failed', permanent: false });
});

/** The ways to write this machine, its neighbours and the cloud's metadata service that people have tried. */
const inside = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '１２７.０.０.１',
  '127。0。0。1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[ff02::1]',
  '[fec0::1]',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[::ffff:169.254.169.254]',
  '[fd00:ec2::254]',
  '2852039166',
  '0xa9fea9fe',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
];

test.each(inside)('nothing is sent to %s unless it is listed', async (host) => {
  const { port } = new URL(receiver.url);

  const sent = await guarded.send(messageTo(`http://${host}:${port}/hook`), never);

  expect(sent).toMatchObject({ status: 'failed' });
  expect(receiver.state.calls).toBe(0);
});

test.each([
  'file:///etc/passwd',
  'gopher://127.0.0.1:70/_x',
  'javascript:alert(1)',
  'http://ana:secret@93.184.215.14/hook',
  'not an address',
  '',
])('%j is not an address to send to', async (to) => {
  expect(await webhook.send(messageTo(to), never)).toMatchObject({ status: 'failed', permanent: true });
});
