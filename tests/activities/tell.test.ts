import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createTellActivities } from '../../src/activities/tell.js';
import type { TellEffect, TellOutcome } from '../../src/domain/effect.js';
import type { Contact, Person } from '../../src/domain/person.js';
import type { Audience } from '../../src/domain/telling.js';
import { sparse } from '../domain/message/fields.js';
import { startVendors, type Vendors } from '../support/vendors.js';

const mail = (to: string, urgent = false): Contact => ({ channel: 'email', to, urgent });
const phone = (to: string): Contact => ({ channel: 'sms', to, urgent: true });
const person = (name: string, ...contacts: Contact[]): Person => ({ name, timeZone: 'UTC', roles: [], contacts });
const people = {
  ana: person('Ana', phone('+4915100000001'), mail('ana@example.com')),
  ben: person('Ben', phone('+4915100000002')),
};

let vendors: Vendors;

beforeEach(async () => {
  vendors = await startVendors(5_000);
});
afterEach(() => vendors.close());

const effect = (audience: Partial<Audience>): TellEffect => ({
  kind: 'tell',
  key: 'CR-1/tell/engineering-alert/1',
  crisisId: 'CR-1',
  mode: 'live',
  template: 'engineering-alert',
  audienceId: 'engineering',
  audience: { title: 'Engineering', people: [], contacts: [], outside: false, ...audience },
  fields: sparse,
});

type Heartbeat = TellOutcome['deliveries'];
const tell = async (one: TellEffect, info: { attempt?: number; heartbeatDetails?: Heartbeat } = {}) => {
  const environment = new MockActivityEnvironment({ scheduledTimestampMs: Date.now() - 5_000, ...info });
  const beats: Heartbeat[] = [];
  environment.on('heartbeat', (details: Heartbeat) => beats.push(structuredClone(details)));
  const { tell: activity } = createTellActivities({ channels: vendors.channels, people: () => people, now: Date.now });
  const { deliveries }: TellOutcome = await environment.run(activity, one);
  return { deliveries, beats };
};
const receivers = (): string[] =>
  vendors.mailbox.mails.map(({ to }) => (Array.isArray(to) ? '' : (to?.text ?? ''))).toSorted();

test('everyone of an audience hears once, by what does not wake them where there is a choice', async () => {
  const audience = { people: ['ana', 'ben'], contacts: [mail('team@example.com'), mail('ana@example.com')] };

  const { deliveries } = await tell(effect(audience));

  expect(receivers()).toEqual(['ana@example.com', 'team@example.com']);
  expect(vendors.twilio.taken).toMatchObject([{ to: '+4915100000002' }]);
  expect(deliveries.map(({ person: one, channel, status }) => [one, channel, status]).toSorted()).toEqual([
    ['ana', 'email', 'sent'],
    ['ben', 'sms', 'sent'],
    ['engineering', 'email', 'sent'],
  ]);
  expect(new Set(deliveries.map(({ key }) => key)).size).toBe(3);
});

test('one who cannot be reached keeps nobody else from hearing, and is on the record', async () => {
  const { deliveries } = await tell(
    effect({ people: ['zoe'], contacts: [mail('not an address'), mail('team@example.com')] }),
  );

  expect(receivers()).toEqual(['team@example.com']);
  expect(deliveries).toContainEqual(
    expect.objectContaining({ person: 'zoe', status: 'failed', reason: 'no contact of "zoe" is configured' }),
  );
  expect(deliveries).toContainEqual(expect.objectContaining({ to: 'not an address', status: 'failed' }));
});

test('a second attempt leaves out those who have heard', async () => {
  const audience = effect({ contacts: [mail('a@example.com'), mail('b@example.com')] });
  const first = await tell(effect({ contacts: [mail('a@example.com')] }));

  const { deliveries } = await tell(audience, { attempt: 2, heartbeatDetails: first.beats.at(-1) ?? [] });

  expect(receivers()).toEqual(['a@example.com', 'b@example.com']);
  expect(deliveries.map(({ to, status }) => [to, status])).toEqual([
    ['a@example.com', 'sent'],
    ['b@example.com', 'sent'],
  ]);
});

test('audiences that are told together hear side by side, each with what became of its own', async () => {
  const environment = new MockActivityEnvironment();
  const { tellAll } = createTellActivities({ channels: vendors.channels, people: () => people, now: Date.now });
  const engineering = effect({ contacts: [mail('team@example.com')] });
  const management = { ...effect({ people: ['zoe'], contacts: [mail('boss@example.com')] }), key: 'CR-1/tell/2' };

  const outcomes: TellOutcome[] = await environment.run(tellAll, [engineering, management]);

  expect(receivers()).toEqual(['boss@example.com', 'team@example.com']);
  expect(outcomes.map(({ deliveries }) => deliveries.map(({ to, status }) => [to, status]))).toEqual([
    [['team@example.com', 'sent']],
    [
      ['boss@example.com', 'sent'],
      ['', 'failed'],
    ],
  ]);
});

test('a large audience hears over a few connections', async () => {
  const contacts = Array.from({ length: 60 }, (_, index) => mail(`customer${index}@example.com`));

  const { deliveries, beats } = await tell(effect({ contacts }));

  expect(deliveries.filter(({ status }) => status === 'sent')).toHaveLength(60);
  expect(vendors.mailbox.mails).toHaveLength(60);
  expect(vendors.mailbox.connections()).toBeLessThanOrEqual(10);
  expect(beats.at(-1)).toHaveLength(60);
});

test('a mail server that takes its time is not taken for a worker that has died', async () => {
  vendors.mailbox.behaviour.greetsAfterMs = 2_500;

  const { deliveries, beats } = await tell(effect({ contacts: [mail('slow@example.com')] }));

  expect(deliveries).toMatchObject([{ status: 'sent' }]);
  expect(beats.length).toBeGreaterThanOrEqual(3);
});

test('a drill says so whatever its fields say', async () => {
  await tell({ ...effect({ contacts: [mail('team@example.com')] }), mode: 'drill' });

  expect(vendors.mailbox.mails[0]?.subject).toMatch(/^\[DRILL\] /);
});
