import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { startMailbox, type Mailbox } from '../../scripts/stack/mailbox.js';
import { createEmailChannel } from '../../src/channels/email.js';
import { barriers, desk, sidewaysBy, startBrowser, telephone } from '../support/browser.js';

let browser: Awaited<ReturnType<typeof startBrowser>>;
let mailbox: Mailbox;
const html = `<p>Checkout is down</p><script>alert(1)</script><img src="x" onerror="alert(2)"><a href="https://example.com/">Acknowledge</a>`;
const subject = `P0 <script>alert(3)</script> ${'checkout-'.repeat(20)}`;

// A browser on a busy machine.
jest.setTimeout(180_000);
beforeAll(async () => {
  browser = await startBrowser();
  mailbox = await startMailbox({ host: '127.0.0.1', smtpPort: 0, httpPort: 0 });
  const channel = createEmailChannel({
    host: '127.0.0.1',
    port: Number(new URL(mailbox.smtpUrl).port),
    secure: false,
    from: 'Firebreak <firebreak@example.com>',
    timeoutMs: 5_000,
  });
  const mail = { key: 'one', to: 'ana@example.com', subject, text: 'Checkout is down\n<b>now</b>', html, urgent: true };
  expect(await channel.send(mail, AbortSignal.timeout(10_000))).toMatchObject({ status: 'sent' });
  channel.close?.();
}, 120_000);
afterAll(async () => {
  await mailbox.stop();
  await browser.close();
});

test.each([
  ['light', telephone],
  ['dark', telephone],
  ['light', desk],
] as const)('the mailbox is read on a %s screen of %o without scrolling sideways', async (colorScheme, viewport) => {
  const { page, close } = await browser.visit(mailbox.httpUrl, { viewport, colorScheme });
  expect(await sidewaysBy(page)).toBe(0);
  // It looks again by itself, as somebody who waits for a mail expects; not while it is examined.
  await page.route(`${mailbox.httpUrl}/`, (route) => route.fulfill({ status: 204 }));
  expect(await barriers(page, ['meta-refresh'])).toEqual([]);

  await page.getByRole('link', { name: /^P0/ }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await sidewaysBy(page)).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await close();
});

test('a mail’s own HTML is shown in its frame, and runs nothing', async () => {
  const [mail] = mailbox.messages();
  const { page, complaints, close } = await browser.visit(`${mailbox.httpUrl}/mail/${mail?.id ?? ''}`);
  await page.waitForLoadState('networkidle');

  expect(await page.frameLocator('iframe').getByText('Checkout is down').count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(subject);
  // The browser says that it stopped what the mail wanted to do; nothing else, and above all no dialog.
  expect(complaints.filter((each) => !/sandboxed|Content Security Policy|Content-Security-Policy/.test(each))).toEqual(
    [],
  );
  await close();
});
