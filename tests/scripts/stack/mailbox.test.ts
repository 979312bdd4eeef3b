import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { startMailbox, type Mailbox } from '../../../scripts/stack/mailbox.js';
import { until } from '../../support/until.js';

let mailbox: Mailbox;
beforeEach(async () => {
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, capacity: 3 });
});
afterEach(() => mailbox.stop());

const page: SendMailOptions = {
  from: 'Firebreak <page@example.org>',
  to: 'Ana <ana@example.org>',
  subject: 'P0: checkout is down',
  text: 'Nobody can pay.\n\nAcknowledge: http://127.0.0.1:7400/a/x',
  html: '<p>Nobody can pay. <a href="http://127.0.0.1:7400/a/x">Acknowledge</a></p>',
  messageId: '<page-1@example.org>',
};
const send = async (mail: SendMailOptions, url = mailbox.smtpUrl) => {
  const transport = createTransport(url);
  await transport.sendMail(mail);
  transport.close();
};
const get = (path: string) => fetch(`${mailbox.httpUrl}${path}`);

test('a mail sent over SMTP is in the box when the server has said yes', async () => {
  await send(page);

  expect(mailbox.messages()).toMatchObject([
    {
      messageId: 'page-1@example.org',
      from: { name: 'Firebreak', address: 'page@example.org' },
      to: [{ name: 'Ana', address: 'ana@example.org' }],
      subject: 'P0: checkout is down',
      text: expect.stringContaining('Nobody can pay.'),
    },
  ]);
});

test('a sender that signs in is let in under any name', async () => {
  await send(page, mailbox.smtpUrl.replace('smtp://', 'smtp://anybody:anything@'));

  expect(mailbox.messages()).toHaveLength(1);
});

test('programs read it in Mailpit’s shape', async () => {
  await send({ ...page, bcc: 'secondary@example.org' });

  const list: unknown = await (await get('/api/v1/messages')).json();
  expect(list).toMatchObject({
    total: 1,
    messages: [
      {
        MessageID: 'page-1@example.org',
        From: { Name: 'Firebreak', Address: 'page@example.org' },
        To: [
          { Name: 'Ana', Address: 'ana@example.org' },
          { Name: '', Address: 'secondary@example.org' },
        ],
        Subject: 'P0: checkout is down',
        Snippet: 'Nobody can pay. Acknowledge: http://127.0.0.1:7400/a/x',
      },
    ],
  });
  const one: unknown = await (await get(`/api/v1/message/${mailbox.messages()[0]?.id ?? ''}`)).json();
  expect(one).toMatchObject({
    Text: expect.stringContaining('Acknowledge:'),
    HTML: expect.stringContaining('<a href='),
  });
});

test('people read it on a page, newest first', async () => {
  await send(page);
  await send({ ...page, subject: 'P0: still down' });

  const list = await (await get('/')).text();
  expect(list).toMatch(/P0: still down[^]*P0: checkout is down/);
  expect(list).toContain('width=device-width');

  const one = await (await get(`/mail/${mailbox.messages()[0]?.id ?? ''}`)).text();
  expect(one).toContain('Ana &lt;ana@example.org&gt;');
  expect(one).toContain('<dt>Message-ID</dt><dd>&lt;page-1@example.org&gt;</dd>');
});

test('a hostile mail is shown and does nothing', async () => {
  const attack = '<script>alert(1)</script>';
  await send({ ...page, from: `"${attack}" <x@example.org>`, subject: attack, text: `</pre>${attack}`, html: attack });
  const id = mailbox.messages()[0]?.id ?? '';

  for (const path of ['/', `/mail/${id}`]) {
    const shown = await get(path);
    expect(await shown.text()).not.toContain('<script');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  const html = await get(`/mail/${id}/html`);
  expect(html.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox;/);
});

test('the newest stay when it is full, and DELETE empties it', async () => {
  for (const subject of ['1', '2', '3', '4']) await send({ ...page, subject });
  expect(mailbox.messages().map(({ subject }) => subject)).toEqual(['4', '3', '2']);

  await fetch(`${mailbox.httpUrl}/api/v1/messages`, { method: 'DELETE' });

  expect(mailbox.messages()).toEqual([]);
});

test('waiting takes the mail that comes, and after its limit tells what came instead', async () => {
  const awaited = mailbox.waitFor(({ subject }) => subject.includes('down'), 5_000);
  await send(page);
  await expect(awaited).resolves.toMatchObject({ subject: 'P0: checkout is down' });

  await expect(mailbox.waitFor(({ subject }) => subject === 'all clear', 50)).rejects.toThrow(
    'no such mail within 50 ms; in the mailbox: "P0: checkout is down" to ana@example.org',
  );
});

test('a mail that is gone answers 404, and a huge one is refused by the server', async () => {
  expect((await get('/api/v1/message/none')).status).toBe(404);

  const huge = 'x'.repeat(11 * 1024 * 1024);
  await expect(send({ ...page, text: huge })).rejects.toMatchObject({ responseCode: 552 });
  expect(mailbox.messages()).toEqual([]);
});

test('a taken port is named, with what to change', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await until('the squatter listens', () => squatter.listening);
  const { port } = squatter.address() as AddressInfo;

  await expect(startMailbox({ smtpPort: port, httpPort: 0 })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken, the mailbox (SMTP) needs it: stop what listens there, or set FIREBREAK_SMTP_PORT`,
  );
  squatter.close();
});
