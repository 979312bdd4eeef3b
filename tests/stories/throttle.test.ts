import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSharedCount } from '../../src/client/throttling.js';
import type { Alert } from '../../src/domain/alert.js';
import type { Delivery } from '../../src/domain/delivery.js';
import { PageThrottle } from '../../src/domain/throttle.js';
import { taskQueue } from '../../src/workers/worker.js';
import { alertOf } from '../support/plan.js';
import { never, settingsFor } from '../support/settings.js';
import { startMailbox, type Mailbox } from '../support/smtp.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
let mailbox: Mailbox;

/** Causes stay crises of their own, P1 is paged like P0: once, the primary; and nobody else is told anything. */
const configured = (throttle: Record<string, unknown>) => {
  const policy = { steps: [{ afterMs: 0, targets: ['primary'] }], repeatAfterMs: never, forgottenAfterMs: never };
  return settingsFor({
    smtp: mailbox.port,
    more: { paging: { throttle }, policies: { P0: policy, P1: policy }, umbrella: { moreThan: 1_000 }, tellings: [] },
  });
};

beforeAll(async () => {
  mailbox = await startMailbox();
  stand = await startStand(() => configured({}));
}, 120_000);
afterAll(async () => {
  await stand.stop();
  await mailbox.close();
});

const serious = { partialDegradation: true };
const alert = (service: string, facts: Alert['facts']) =>
  alertOf({ service, dedupKey: service, summary: `${service} is down`, facts, receivedAt: Date.now() });
const many = (name: string, count: number) => Array.from({ length: count }, (_, nth) => `${name}-${nth}`);
const crisis = async (key: string) => (await stand.firebreak.view(key)).crisis;
const pageTo = async (key: string, person = 'ana'): Promise<Delivery | undefined> =>
  Object.values((await crisis(key)).deliveries).find((row) => row.kind === 'page' && row.person === person);
const sentTo = (key: string) =>
  until(
    `the page of ${key}`,
    async () => {
      const row = await pageTo(key);
      return row && row.status !== 'intended' && row;
    },
    60_000,
  );
/** The rounds are told apart by their crises; what others say is not looked at. */
const mailsAbout = (name: string) =>
  mailbox.mails.filter(
    ({ text = '', subject = '' }) => `${subject}${text}`.includes(name) && text.includes('Acknowledge: '),
  );
const linksIn = (mails: readonly { text?: string | undefined }[]) =>
  mails.flatMap(({ text = '' }) => [...text.matchAll(/Acknowledge: (\S+)/g)].map(([, link = '']) => link));

test('thirty crises call one person: the first at once, the rest in a few messages, each acknowledged by its own link', async () => {
  stand.configure(configured({ pages: 3, firstP0: 'perWindow', gatherMs: 1_500 }));
  const storm = many('storm', 30);
  const [first = '', ...rest] = storm;
  await stand.firebreak.accept([alert(first, { completeOutage: true })]);
  const alone = await sentTo(first);
  expect(alone).toMatchObject({ status: 'sent' });
  expect(alone.bundle).toBeUndefined();
  await stand.firebreak.accept(rest.map((service) => alert(service, { completeOutage: true })));

  const rows = await Promise.all(storm.map(sentTo));
  // A mail server on a busy machine may answer too late for us to know; no page is refused or forgotten.
  expect(rows.filter(({ status }) => status !== 'sent' && status !== 'uncertain')).toEqual([]);
  const bundled = rows.filter(({ bundle }) => bundle !== undefined);
  expect(bundled.length).toBeGreaterThanOrEqual(20);
  const mails = mailsAbout('storm-');
  expect(mails.length).toBeLessThanOrEqual(10);
  // None lost, none doubled: every crisis has one link, whatever message it stands in.
  const links = linksIn(mails);
  expect(new Set(links).size).toBe(storm.length);
  expect(links).toHaveLength(storm.length);

  const bundle = mails.find(({ subject = '' }) => subject.includes('crises at once'));
  const [link = ''] = linksIn(bundle ? [bundle] : []);
  const [, key = ''] = /Crisis: (storm-\d+)-\d{8}/.exec(bundle?.text ?? '') ?? [];
  const pressed = await fetch(link.replace(/^https?:\/\/[^/]+/, stand.apiUrl), { method: 'POST' });
  expect(await pressed.text()).toContain('You have acknowledged');
  expect(await crisis(key)).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ana' });
  const others = await Promise.all(storm.filter((one) => one !== key).map(crisis));
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 'triggered'));
}, 180_000);

test('each bundled page has its own row in the ledger, which names the bundle it went out in', async () => {
  const crises = await Promise.all(many('storm', 30).map(crisis));
  const bundled = crises.filter(({ deliveries }) => Object.values(deliveries).some(({ bundle }) => bundle));
  const kept = await until('the rows in the store', async () => {
    const rows = (await Promise.all(bundled.map(({ crisisId }) => stand.store.deliveries(crisisId)))).flat();
    const said = rows.filter((row) => row.kind === 'page' && row.bundle !== undefined);
    return said.length === bundled.length && said;
  });
  for (const { bundle, ref } of kept) {
    expect(bundle).toMatch(/^bundle:ana:/);
    expect(mailbox.mails.map(({ messageId }) => messageId)).toContain(ref);
  }
}, 60_000);

test('the first P0 page of a crisis goes alone in the middle of a storm of lesser ones', async () => {
  stand.configure(configured({ pages: 1, gatherMs: 2_500 }));
  const lesser = many('lesser', 8);
  await stand.firebreak.accept(lesser.map((service) => alert(service, serious)));
  await stand.firebreak.accept([alert('gravest', { completeOutage: true })]);

  const worst = await sentTo('gravest');
  expect(worst.bundle).toBeUndefined();
  const rows = await Promise.all(lesser.map(sentTo));
  expect(rows.filter(({ bundle }) => bundle !== undefined).length).toBeGreaterThanOrEqual(6);
  expect(mailsAbout('gravest').map(({ subject = '' }) => subject)).toEqual([expect.not.stringContaining('at once')]);
}, 120_000);

test('with the database down pages are bundled all the same', async () => {
  stand.storeIs('away');
  stand.configure(configured({ pages: 1, firstP0: 'perWindow', gatherMs: 1_000 }));
  const dark = many('dark', 6);
  await stand.firebreak.accept(dark.map((service) => alert(service, serious)));

  const rows = await Promise.all(dark.map(sentTo));
  // A mail server on a busy machine may answer too late for us to know; no page is refused or forgotten.
  expect(rows.filter(({ status }) => status !== 'sent' && status !== 'uncertain')).toEqual([]);
  expect(rows.some(({ bundle }) => bundle !== undefined)).toBe(true);
  stand.storeIs('there');
}, 120_000);

test('two workers count together, and one that has just started goes by what those before it let out', async () => {
  const rules = PageThrottle.parse({ pages: 3 });
  const worker = () =>
    createSharedCount({ client: stand.client, rules: () => rules, taskQueue: () => taskQueue, askedWithinMs: 20_000 });
  const page = { crisisId: 'any', way: 'email zoe@example.com', isP0: false };
  const [one, other] = [worker(), worker()];
  expect([await one.ask('zoe', page), await other.ask('zoe', page), await one.ask('zoe', page)]).toEqual([
    'alone',
    'alone',
    'alone',
  ]);
  await stand.stopWorkers();
  await stand.startWorker();
  expect(await worker().ask('zoe', page)).toBe('bundled');
}, 120_000);

test('nobody waits for a count that does not answer', async () => {
  const rules = PageThrottle.parse({ pages: 1 });
  const shared = createSharedCount({
    client: stand.client,
    rules: () => rules,
    taskQueue: () => 'a queue that nobody polls',
  });
  const began = Date.now();
  expect(await shared.ask('nobody', { crisisId: 'any', way: 'email x@example.com', isP0: false })).toBeUndefined();
  expect(Date.now() - began).toBeLessThan(2_000);
}, 60_000);
