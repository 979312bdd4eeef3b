import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Crisis } from '../../src/domain/crisis.js';
import { alertOf } from '../support/plan.js';
import { never, settingsFor, soon, type SettingsOptions } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
let smtp = 0;
let story = 0;
let key = '';

beforeAll(async () => {
  stand = await startStand((ports) => {
    smtp = ports.smtp;
    return settingsFor({ smtp });
  });
}, 120_000);
afterAll(() => stand.stop());
beforeEach(() => {
  key = `story-${++story}`;
});

/** Each story has a cause of its own. */
const given = (options: Omit<SettingsOptions, 'smtp'>) =>
  stand.configure(
    settingsFor({
      smtp,
      ...options,
      more: { services: { shop: { name: 'Shop', team: 'checkout', correlationKey: key, slots: options.slots ?? {} } } },
    }),
  );
const alert = (fields = {}) => stand.firebreak.accept([alertOf({ receivedAt: Date.now(), ...fields })]);
const crisis = async (): Promise<Crisis> => (await stand.firebreak.view(key)).crisis;
const pageTo = (person: string) =>
  until(`a page to ${person}`, async () => (await pages()).find(({ to }) => to === `${person}@example.com`));
const pages = async () => {
  const { crisisId } = await until('the crisis', crisis);
  return Object.values((await crisis()).deliveries).filter(
    ({ key: page, kind, status }) => page.startsWith(crisisId) && kind === 'page' && status !== 'intended',
  );
};

test('an alert becomes a crisis, and whoever is on call gets a mail that says what and why', async () => {
  given({});
  const [accepted] = await alert();

  expect(accepted).toMatchObject({ outcome: 'crisis', classification: { severity: 'P0' } });
  await pageTo('ana');
  const { crisisId } = await crisis();
  const mail = await stand.mailbox.waitFor(
    ({ to, text }) => to.some(({ address }) => address === 'ana@example.com') && text.includes(crisisId),
    5_000,
  );
  expect(mail.subject).toContain('P0');
  expect(mail.text).toContain('checkout is down');
  expect(mail.text).toContain('/a/');
});

test('nobody answers, and the secondary is paged', async () => {
  given({
    steps: [
      [0, 'primary'],
      [soon, 'secondary'],
      [never, 'commander'],
    ],
  });
  await alert();

  await pageTo('ana');
  await pageTo('ben');
  await stand.firebreak.command(key, 'acknowledge', { by: 'ben' });
  expect(await crisis()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ben' });
});

test('a hundred alerts of one cause are one crisis, and each is counted', async () => {
  given({});
  await Promise.all(Array.from({ length: 100 }, () => alert()));

  expect(
    (await until('every alert counted', async () => ((await crisis()).alertCount === 100 ? crisis() : undefined)))
      .alertCount,
  ).toBe(100);
  expect((await pages()).filter(({ person }) => person === 'ana').length).toBeLessThanOrEqual(1);
});

test('the rollback runs by itself, is verified, and the crisis counts as mitigated', async () => {
  given({
    actions: {
      back: { kind: 'command', title: 'Roll back', argv: ['true'], preAuthorisedForMs: '5m', idempotent: true },
      healthy: { kind: 'command', title: 'Healthy?', argv: ['true'], risk: 'safe' },
    },
    slots: { rollback: 'back', verify: 'healthy' },
  });
  await alert();

  await until('the impact to end', async () => (await crisis()).status === 'mitigated');
  expect((await crisis()).procedures['mitigate']).toMatchObject({ status: 'succeeded' });
});

test('resolving wants the recovery validated, or a reason; then the watch ends, and the archive is written', async () => {
  given({ regressionWatchMs: soon });
  await alert();
  await pageTo('ana');
  const { crisisId } = await crisis();

  await expect(stand.firebreak.command(key, 'resolve', { by: 'ana' })).rejects.toThrow('nobody has acknowledged it');
  await stand.firebreak.command(key, 'acknowledge', { by: 'ana' });
  await expect(stand.firebreak.command(key, 'resolve', { by: 'ana' })).rejects.toThrow(
    'the recovery validation is not done',
  );
  await stand.firebreak.command(key, 'resolve', { by: 'ana', reason: 'it was the cache' });

  const archived = await until('the archive', () => stand.store.archived(crisisId));
  expect(archived.postmortem).toContain('What went well');
  expect((await stand.store.crisis(crisisId))?.crisis.status).toBe('closed');
});

test('a signal that cannot be read is noted on the timeline and harms nothing', async () => {
  given({});
  await alert();
  await pageTo('ana');
  await stand.client.workflow.getHandle(`crisis:${key}`).signal('acknowledge', { who: 'ana' });

  const refused = await until('the refusal', async () =>
    (await stand.firebreak.timeline(key)).find(({ event }) => event.type === 'refused'),
  );
  expect(refused.event).toMatchObject({ command: 'acknowledge', reason: expect.stringContaining('by') });
});
