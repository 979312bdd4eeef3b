import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/parts/chromium.js';

/** A telephone as many carry, and a desk. */
export const telephone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 800 };

/** A page, and what it did that a page of ours never does: dialogs, errors, requests that its policy stopped. */
export type Visit = { page: Page; complaints: string[]; close: () => Promise<void> };

/** A real Chromium, found or unpacked on this machine; throws, saying what to install, when there is none. */
export const startBrowser = async () => {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { path, env } = await findChromium({ env: process.env, dataDir: '.firebreak', say });
  // Containers run as root, where Chromium's own sandbox does not start; only our own pages are shown here.
  const browser: Browser = await chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return {
    async visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
      const context = await browser.newContext({ viewport: telephone, ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('pageerror', ({ message }) => complaints.push(`an error: ${message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`on the console: ${message.text()}`);
      });
      await page.goto(url);
      return { page, complaints, close: () => context.close() };
    },
    close: () => browser.close(),
  };
};

/** By how many pixels a page is wider than its screen. */
export const sidewaysBy = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What keeps people with other eyes or hands from using the page, one line each; `accepted` names rules with a reason. */
export const barriers = async (page: Page, accepted: string[] = []): Promise<string[]> => {
  const rules = Object.fromEntries(accepted.map((rule) => [rule, { enabled: false }]));
  // A mail's own HTML is not ours to judge, and its frame runs no scripts: asked there, the browser never answers.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ rules, iframes: false });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
