import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { crisisOf } from '../api/support/fakeFirebreak.js';
import { start } from '../api/support/start.js';
import { barriers, desk, sidewaysBy, startBrowser, telephone } from '../support/browser.js';

let browser: Awaited<ReturnType<typeof startBrowser>>;
// A browser on a busy machine.
jest.setTimeout(180_000);
beforeAll(async () => {
  browser = await startBrowser();
}, 120_000);
afterAll(() => browser.close());

const started = async (title = 'Checkout answers 500') => {
  const api = await start({ answerWithinMs: 5_000 });
  api.crises.set('cr-1', crisisOf('cr-1', { title }));
  return { ...api, link: `${api.address}/a/ana` };
};
const hostile = `<script>alert(1)</script><img src=x onerror="alert(2)"><svg/onload=alert(3)>'"{{ 7 | times: 6 }}`;
const unbroken = 'checkout-'.repeat(40);

test.each([
  ['light', telephone],
  ['dark', telephone],
  ['dark', { width: 320, height: 568 }],
  ['light', desk],
] as const)('the page fits a %s screen of %o, and its button is for a thumb', async (colorScheme, viewport) => {
  const { link } = await started(`Checkout answers 500 in ${unbroken}`);
  const { page, complaints, close } = await browser.visit(link, { viewport, colorScheme });

  expect(await sidewaysBy(page)).toBe(0);
  const box = await page.getByRole('button', { name: 'Acknowledge' }).boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(box?.width).toBeGreaterThanOrEqual(Math.min(viewport.width - 48, 500));
  expect(complaints).toEqual([]);
  await close();
});

test('on a telephone the button is seen without scrolling', async () => {
  const { link } = await started();
  const { page, close } = await browser.visit(link);
  const box = await page.getByRole('button').boundingBox();
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(telephone.height);
  await close();
});

test.each(['light', 'dark'] as const)('nobody is kept out by how the %s page is made', async (colorScheme) => {
  const { link } = await started();
  const { page, close } = await browser.visit(link, { colorScheme });
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button').click();
  expect(await barriers(page)).toEqual([]);
  await close();
});

test('opening the link changes nothing, also with scripts on and when it is opened again', async () => {
  const { link, commands, crises } = await started();
  const { page, close } = await browser.visit(link);
  await page.reload();
  await page.waitForLoadState('networkidle');
  expect(commands).toEqual([]);
  expect(crises.get('cr-1')?.status).toBe('triggered');
  await close();
});

test.each([true, false])('pressing the button acknowledges, with scripts %s', async (javaScriptEnabled) => {
  const { link, commands } = await started();
  const { page, complaints, close } = await browser.visit(link, { javaScriptEnabled });
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('status').waitFor();

  expect(await page.getByRole('status').textContent()).toBe(
    'You have acknowledged. Nobody else is paged for this now.',
  );
  expect(await page.getByRole('button').count()).toBe(0);
  expect(commands).toMatchObject([{ command: 'acknowledge', input: { by: 'ana', via: 'link' } }]);
  expect(complaints).toEqual([]);
  await close();
});

test('what an alert says is shown and never run', async () => {
  const { link } = await started(hostile);
  const { page, complaints, close } = await browser.visit(link);
  await page.waitForLoadState('networkidle');

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(hostile);
  expect(await page.locator('script, img, svg').count()).toBe(0);
  expect(await sidewaysBy(page)).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});
