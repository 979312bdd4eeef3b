import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Channel, Message } from '../../src/channels/channel.js';
import { createEmailChannel, messageIdOf } from '../../src/channels/email.js';
import { startMailbox, type Mailbox } from '../support/smtp.js';

const from = 'Firebreak <crisis@firebreak.example>';
const message: Message = {
  key: 'CR-1/page/response/r0/s0/ana/email',
  to: 'ana@example.com',
  subject: 'P0 critical: shop',
  text: 'Checkout is down',
  html: '<p>Checkout is down</p>',
  urgent: true,
  crisisId: 'CR-1',
};
const never = new AbortController().signal;

let mailbox: Mailbox;
let email: Channel;
const channelTo = (port: number, more = {}): Channel =>
  createEmailChannel({ host: '127.0.0.1', port, secure: false, from, timeoutMs: 2_500, ...more });

beforeEach(async () => {
  mailbox = await startMailbox();
  email = channelTo(mailbox.port);
});
afterEach(async () => {
  email.close?.();
  await mailbox.close();
});

test('a mail arrives with a Message-ID made from its key, and headers a mailbox can sort by', async () => {
  const sent = await email.send(message, never);

  expect(sent).toEqual({ status: 'sent', ref: messageIdOf(message.key, from) });
  const [mail] = mailbox.mails;
  expect(mail).toMatchObject({
    messageId: messageIdOf(message.key, from),
    subject: message.subject,
    text: expect.stringContaining(message.text),
    html: expect.stringContaining('<p>Checkout is down</p>'),
  });
  expect(mail?.messageId).toMatch(/^<[0-9a-f]{40}@firebreak\.example>$/);
  expect(mail?.headers.get('priority')).toBe('high');
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.headers.get('x-firebreak-crisis')).toBe('CR-1');
});

test('mails of one crisis refer to the same thread, with different ids', async () => {
  await email.send(message, never);
  await email.send({ ...message, key: 'another' }, never);

  const [first, second] = mailbox.mails;
  expect(first?.references).toEqual(second?.references);
  expect(first?.messageId).not.toBe(second?.messageId);
});

test.each([
  { code: 550, says: 'no such user', permanent: true },
  { code: 451, says: 'try again later', permanent: false },
])('a recipient refused with $code has failed, for good: $permanent', async ({ code, says, permanent }) => {
  mailbox.behaviour.refuse = { code, says };

  const sent = await email.send(message, never);

  expect(sent).toEqual({ status: 'failed', permanent, reason: expect.stringContaining(says) });
  expect(mailbox.mails).toHaveLength(0);
});

test.each([
  { code: 554, permanent: true },
  { code: 452, permanent: false },
])('a whole message refused with $code has failed and is not in doubt', async ({ code, permanent }) => {
  mailbox.behaviour.atTheDot = { code, says: 'not this one' };

  expect(await email.send(message, never)).toEqual({
    status: 'failed',
    permanent,
    reason: expect.stringContaining('not this one'),
  });
});

test.each(['hang', 'cut'] as const)(
  'when the server is silent after the final dot (%s), the end is uncertain',
  async (atTheDot) => {
    mailbox.behaviour.atTheDot = atTheDot;

    const sent = await email.send(message, never);

    expect(sent).toEqual({
      status: 'uncertain',
      reason: expect.stringContaining('after the whole message had gone out'),
    });
    expect(mailbox.mails).toHaveLength(1);
  },
);

test('a long mail whose connection breaks in the middle has surely not been sent', async () => {
  mailbox.behaviour.cutInData = true;

  const sent = await email.send({ ...message, text: 'x'.repeat(20_000_000) }, never);

  expect(sent).toMatchObject({ status: 'failed', permanent: false });
});

test('a server that is down is a failure that may heal', async () => {
  await mailbox.close();

  expect(await email.send(message, never)).toMatchObject({ status: 'failed', permanent: false });
});

test('a server slower than the time limit ends in a failure within it', async () => {
  mailbox.behaviour.greetsAfterMs = 30_000;
  const began = Date.now();

  const sent = await email.send(message, never);

  expect(sent).toMatchObject({ status: 'failed', permanent: false });
  expect(Date.now() - began).toBeLessThan(7_000);
});

test('a mail that is called off before it goes out is not sent', async () => {
  mailbox.behaviour.greetsAfterMs = 500;
  const calledOff = new AbortController();

  const sending = email.send(message, calledOff.signal);
  calledOff.abort();

  expect(await sending).toMatchObject({ status: 'failed', reason: expect.stringContaining('called off') });
  expect(mailbox.mails).toHaveLength(0);
});

test('after a failure the next mail goes out over a new connection, and later ones share it', async () => {
  mailbox.behaviour.atTheDot = 'cut';
  await email.send(message, never);
  mailbox.behaviour.atTheDot = 'accept';

  for (const key of ['a', 'b', 'c'])
    expect(await email.send({ ...message, key }, never)).toMatchObject({ status: 'sent' });

  expect(mailbox.connections()).toBe(2);
});

test.each([
  'ana@example.com, eve@example.com',
  'ana@example.com\r\nRCPT TO:<eve@example.com>',
  'Ana <ana@example.com>',
  'ana@example.com>\r\nBcc: eve@example.com',
  'ana',
  '',
])('an address that is more than one bare address is refused: %j', async (to) => {
  expect(await email.send({ ...message, to }, never)).toMatchObject({ status: 'failed', permanent: true });
  expect(mailbox.connections()).toBe(0);
});

test('line breaks in a subject or a crisis id cannot add a header', async () => {
  await email.send({ ...message, subject: 'P0\r\nBcc: eve@example.com', crisisId: 'CR-1\r\nX-Evil: yes' }, never);

  const [mail] = mailbox.mails;
  expect(mail?.subject).toBe('P0 Bcc: eve@example.com');
  expect(mail?.headers.has('bcc')).toBe(false);
  expect(mail?.headers.has('x-evil')).toBe(false);
});

test('a wrong password fails for good and says so', async () => {
  const guarded = await startMailbox({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
  });
  const channel = channelTo(guarded.port, { user: 'crisis', password: 'guess' });

  expect(await channel.send(message, never)).toMatchObject({ status: 'failed', permanent: true });

  channel.close?.();
  await guarded.close();
});
