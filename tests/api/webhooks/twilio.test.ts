import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import twilio from 'twilio';
import { verifyTwilio } from '../../../src/channels/twilioSignature.js';
import type { Settings } from '../../../src/domain/settings.js';
import { openStore } from '../../../src/store/openStore.js';
import { freshData } from '../../support/freshData.js';
import type { Store } from '../../../src/store/store.js';
import { crisis, delivery, projection, start as startedAt } from '../../store/support/crises.js';
import { settings as without, start } from '../support/start.js';

const authToken = '0123456789abcdef0123456789abcdef';
const path = '/webhooks/twilio/status';
const url = `https://crisis.example.com${path}`;
const settings: Settings = {
  ...without,
  publicUrl: 'https://crisis.example.com',
  channels: { sms: { accountSid: 'AC0', authToken, from: '+15005550006', timeoutMs: 1_000 } },
};

let folder: string;
let store: Store;
let api: Awaited<ReturnType<typeof start>>;
let sid = '';
let messages = 0;

beforeAll(async () => {
  folder = await freshData('firebreak-twilio-');
  store = await openStore({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  api = await start({ store, settings: () => settings, verifyTwilio, answerWithinMs: 5_000 });
  sid = `SM${String(++messages).padStart(32, '0')}`;
  const page = delivery(sid, { channel: 'sms', to: '+4915112345678', status: 'sent', sentAt: startedAt, ref: sid });
  await store.project(projection(crisis({ crisisId: sid, correlationKey: sid, deliveries: { [sid]: page } })));
});

/** A report as Twilio posts it; `over` says what its signature is over instead. */
const report = (fields: Record<string, string>, over: { url?: string; token?: string; signature?: string } = {}) => {
  const form = { MessageSid: sid, AccountSid: 'AC0', To: '+4915112345678', ApiVersion: '2010-04-01', ...fields };
  const signature = over.signature ?? twilio.getExpectedTwilioSignature(over.token ?? authToken, over.url ?? url, form);
  return api.post(path, new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signature,
  });
};
const ledger = async () => (await store.deliveries(sid))[0];

test('a report that a text message was delivered gets into the ledger', async () => {
  expect((await report({ MessageStatus: 'delivered' })).statusCode).toBe(200);
  expect(await ledger()).toMatchObject({ status: 'delivered' });
});

test.each(['undelivered', 'failed', 'canceled'])(
  'a message that is %s has failed, with Twilio’s reason',
  async (MessageStatus) => {
    await report({ MessageStatus, ErrorCode: '30003' });
    expect(await ledger()).toMatchObject({ status: 'failed', reason: `Twilio: ${MessageStatus} (30003)` });
  },
);

test('doubled, late and out of order: a status never goes backwards', async () => {
  for (const MessageStatus of ['delivered', 'sent', 'queued', 'delivered', 'sending', 'failed'])
    expect((await report({ MessageStatus })).statusCode).toBe(200);
  expect(await ledger()).toMatchObject({ status: 'delivered' });
});

test('a late "sent" does not stand against a failure', async () => {
  for (const MessageStatus of ['sent', 'undelivered', 'sent']) await report({ MessageStatus });
  expect(await ledger()).toMatchObject({ status: 'failed' });
});

test('a report that comes before the crisis has noted its message is kept for it', async () => {
  sid = 'SM'.padEnd(34, 'e');
  await report({ MessageStatus: 'delivered' });
  const page = delivery('early', { channel: 'sms', status: 'sent', ref: sid });
  await store.project(projection(crisis({ crisisId: sid, correlationKey: sid, deliveries: { early: page } })));
  expect(await ledger()).toMatchObject({ status: 'delivered' });
});

test('a receipt is no acknowledgement: the crisis is told nothing and still waits for a person', async () => {
  await report({ MessageStatus: 'delivered' });
  await report({ MessageStatus: 'read' });
  expect(api.commands).toEqual([]);
  expect((await store.crisis(sid))?.crisis.status).toBe('triggered');
  expect(await ledger()).toMatchObject({ status: 'delivered' });
});

test.each<[string, Parameters<typeof report>[1]]>([
  ['another token', { token: 'fedcba9876543210fedcba9876543210' }],
  ['another address', { url: `https://evil.example${path}` }],
  ['no signature', { signature: '' }],
  ['nonsense', { signature: 'AAAA' }],
])('a report signed with %s is refused and changes nothing', async (_, over) => {
  const refused = await report({ MessageStatus: 'failed' }, over);
  expect(refused.statusCode).toBe(403);
  expect(refused.json().type).toBe('urn:problem-type:firebreak:forged');
  expect(await ledger()).toMatchObject({ status: 'sent' });
});

test('a changed field breaks the signature', async () => {
  const form = { MessageSid: sid, MessageStatus: 'sent' };
  const refused = await api.post(path, new URLSearchParams({ ...form, MessageStatus: 'failed' }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, url, form),
  });
  expect(refused.statusCode).toBe(403);
  expect(await ledger()).toMatchObject({ status: 'sent' });
});

test('the Host header has no say in what was signed', async () => {
  const form = { MessageSid: sid, MessageStatus: 'failed' };
  const refused = await api.post(path, new URLSearchParams(form).toString(), {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, `https://evil.example${path}`, form),
  });
  expect(refused.statusCode).toBe(403);
});

test('a signed form without what is needed is named, JSON is not read here, and a flood of bytes is stopped', async () => {
  expect((await report({ MessageSid: 'x', MessageStatus: 'sent' })).statusCode).toBe(422);
  expect((await api.post(path, '{}', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  expect((await report({ MessageStatus: 'sent', Body: 'x'.repeat(20_000) })).statusCode).toBe(413);
});

test('without text messages there is nothing to report on', async () => {
  api = await start({ store, verifyTwilio });
  expect((await report({ MessageStatus: 'failed' })).statusCode).toBe(404);
  expect(await ledger()).toMatchObject({ status: 'sent' });
});
