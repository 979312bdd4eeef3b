import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createBundling } from '../../src/activities/bundling.js';
import { createPageActivity, type PageDependencies } from '../../src/activities/page.js';
import { createSendBundle } from '../../src/activities/sendBundle.js';
import { createThrottle, type SharedCount } from '../../src/activities/throttle.js';
import type { ChannelName } from '../../src/domain/delivery.js';
import type { PageEffect, PageOutcome } from '../../src/domain/effect.js';
import { PageThrottle } from '../../src/domain/throttle.js';
import { startVendors, type Vendors } from '../support/vendors.js';
import { until } from '../support/until.js';

let vendors: Vendors;

beforeEach(async () => {
  vendors = await startVendors(2_500);
});
afterEach(() => vendors.close());

const pageOf = (crisisId: string, severity = 'P1', channel: ChannelName = 'email', round = 1): PageEffect => ({
  kind: 'page',
  key: `${crisisId}/response/r${round}/s0/ana/${channel}`,
  crisisId,
  mode: 'live',
  engagement: 'response',
  person: 'ana',
  channel,
  to: channel === 'sms' ? '+4915112345678' : 'ana@example.com',
  message: {
    crisisId,
    severity,
    title: `${crisisId} is slow`,
    why: 'Partial degradation',
    services: [crisisId],
    declaredAt: Date.now() - 1_000,
    reason: 'you are on call',
    next: '',
  },
});

/** What other workers have let out is not known here, unless said otherwise. */
const silent: SharedCount = { ask: () => Promise.resolve(undefined), count: () => undefined };

const workerWith = (wanted: Partial<PageThrottle>, shared = silent) => {
  const rules = PageThrottle.parse({ pages: 1, gatherMs: 300, ...wanted });
  const paging: PageDependencies = {
    channels: vendors.channels,
    ackLinks: { sign: ({ key }) => Promise.resolve(`token-of-${key}`) },
    publicUrl: 'https://firebreak.example',
    now: Date.now,
  };
  const throttle = createThrottle({ rules: () => rules, shared, now: Date.now });
  let bundles = 0;
  const join = createBundling({ newId: () => String(++bundles), send: createSendBundle(() => paging) });
  const activity = createPageActivity({ ...paging, throttled: { throttle, join } });
  return (effect: PageEffect, environment = new MockActivityEnvironment({ attempt: 1 })): Promise<PageOutcome> =>
    environment.run(activity, effect);
};

test('what comes above the limit goes out as one mail, and each page hears that it went in a bundle', async () => {
  const page = workerWith({});
  const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => page(pageOf(id))));

  expect(outcomes.map(({ bundle }) => bundle)).toEqual([undefined, 'bundle:ana:1', 'bundle:ana:1']);
  expect(outcomes.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
  expect(vendors.mailbox.mails.map(({ subject = '' }) => subject)).toEqual([
    expect.stringContaining('a is slow'),
    '2 crises at once, the worst P1 high · b · b is slow',
  ]);
  expect(vendors.mailbox.mails[1]?.text).toContain('token-of-c/response/r1/s0/ana/email');
});

test('a single page above the limit is an ordinary page, a moment later', async () => {
  const page = workerWith({});
  await page(pageOf('a'));

  expect(await page(pageOf('b'))).toEqual({ status: 'sent', ref: expect.any(String), sentAt: expect.any(Number) });
  expect(vendors.mailbox.mails[1]?.subject).toContain('b is slow');
});

test('a first P0 page asks nobody and waits for nothing, the same crisis’s second round may be bundled', async () => {
  const asked: string[] = [];
  const many: SharedCount = {
    ask: (_, { crisisId }) => Promise.resolve(void asked.push(crisisId)),
    count: () => undefined,
  };
  const page = workerWith({}, many);
  await page(pageOf('a'));
  const first = await page(pageOf('b', 'P0'));
  const later = await Promise.all([page(pageOf('b', 'P0', 'email', 2)), page(pageOf('c'))]);

  expect(first.bundle).toBeUndefined();
  expect(later.map(({ bundle }) => bundle)).toEqual(['bundle:ana:1', 'bundle:ana:1']);
  expect(asked).toEqual(['a']);
});

test('what other workers have let out counts as well', async () => {
  const page = workerWith({ pages: 5 }, { ask: () => Promise.resolve('bundled'), count: () => undefined });

  expect(await Promise.all([page(pageOf('a')), page(pageOf('b'))])).toMatchObject([
    { status: 'sent', bundle: 'bundle:ana:1' },
    { status: 'sent', bundle: 'bundle:ana:1' },
  ]);
});

test('a page that is called off while it waits is not in the bundle', async () => {
  const page = workerWith({});
  await page(pageOf('a'));
  const environment = new MockActivityEnvironment({ attempt: 1 });
  const calledOff = page(pageOf('b'), environment);
  const others = Promise.all([page(pageOf('c')), page(pageOf('d'))]);
  environment.cancel('CANCELLED');

  expect(await calledOff).toEqual({ status: 'cancelled', reason: 'called off before it went out' });
  await others;
  expect(vendors.mailbox.mails[1]?.text).not.toContain('b is slow');
});

test('a failed bundle is a failed page for each crisis, so that each tries the next channel', async () => {
  const page = workerWith({});
  await page(pageOf('a'));
  vendors.mailbox.behaviour.refuse = { code: 550, says: 'mailbox full' };

  expect(await Promise.all([page(pageOf('b')), page(pageOf('c'))])).toMatchObject([
    { status: 'failed', reason: expect.stringContaining('mailbox full'), bundle: 'bundle:ana:1' },
    { status: 'failed', reason: expect.stringContaining('mailbox full'), bundle: 'bundle:ana:1' },
  ]);
});

test('a worker that died with a bundle leaves word of it: the next attempt says that it may be a repeat', async () => {
  const environment = new MockActivityEnvironment({ attempt: 1 });
  const beats: unknown[] = [];
  environment.on('heartbeat', (details) => beats.push(details));
  const page = workerWith({});
  await page(pageOf('a'));
  await Promise.all([page(pageOf('b'), environment), page(pageOf('c'))]);
  await until('the word of it', () => beats.length > 0);

  const next = new MockActivityEnvironment({ attempt: 2, heartbeatDetails: beats[0] });
  expect(await workerWith({})(pageOf('b'), next)).toMatchObject({ status: 'sent', possibleRepeat: true });
  expect(vendors.mailbox.mails.at(-1)?.text).toContain('this may be a repeat');
});

test('by text message a bundle is as many as its links need', async () => {
  const page = workerWith({});
  const outcomes = await Promise.all(Array.from({ length: 60 }, (_, nth) => page(pageOf(`c${nth}`, 'P1', 'sms'))));

  expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'sent'));
  expect(vendors.twilio.taken.length).toBeLessThan(10);
  const said = vendors.twilio.taken.map(({ body }) => body).join('\n');
  for (let nth = 0; nth < 60; nth++) expect(said).toContain(`/a/token-of-c${nth}/response`);
});
