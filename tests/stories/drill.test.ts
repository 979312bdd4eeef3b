import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startDrill } from '../../scripts/rehearsal/drilling.js';
import { listDrills, scheduleDrill } from '../../scripts/rehearsal/schedules.js';
import type { Stack } from '../../scripts/stack/stack.js';
import type { DrillReport } from '../../src/activities/drill.js';
import { Scenario } from '../../src/domain/scenario.js';
import { drillQuery } from '../../src/workflows/drill.js';
import { alertOf } from '../support/plan.js';
import { freshData } from '../support/freshData.js';
import { until } from '../support/until.js';
import { startWholeStack } from '../support/wholeStack.js';

let folder: string;
let canary: string;
let stack: Stack;

/** Ana is in the drill's audience; Ben, everybody's mailbox and the canary are not. */
const configuration = () => ({
  people: {
    ana: { name: 'Ana', contacts: [{ channel: 'email', to: 'ana@example.com' }] },
    ben: { name: 'Ben', contacts: [{ channel: 'email', to: 'ben@example.com' }] },
  },
  schedules: { first: { people: ['ana'] }, second: { people: ['ben'] } },
  teams: { shop: { people: ['ana', 'ben'], oncall: { primary: 'first', secondary: 'second' } } },
  defaultTeam: 'shop',
  services: {
    shop: { name: 'Shop', team: 'shop', slots: { rollback: 'leave-a-trace' } },
  },
  facts: [{ match: { alertname: 'ShopDown' }, facts: { completeOutage: true } }],
  audiences: { everyone: { title: 'Everyone', contacts: [{ channel: 'email', to: 'canary@example.com' }] } },
  actions: {
    'leave-a-trace': {
      kind: 'command',
      title: 'Leave a trace in the world',
      argv: [process.execPath, '--eval', `require('node:fs').appendFileSync(${JSON.stringify(canary)}, 'x')`],
      preAuthorisedForMs: '1h',
      idempotent: true,
    },
  },
  channels: {},
});

const scenario = (fields: object) =>
  Scenario.parse({
    id: 'canary',
    title: 'The shop is down',
    service: 'shop',
    facts: { completeOutage: true },
    audience: { people: ['ana'] },
    ...fields,
  });

beforeAll(async () => {
  folder = await freshData('firebreak-drill-story-');
  canary = join(folder, 'canary');
  stack = await startWholeStack(folder, configuration());
}, 180_000);

afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const mailsTo = (address: string) =>
  stack.mailbox.messages().filter(({ to }) => to.some((recipient) => recipient.address === address));
const client = () => stack.ground.temporal.client;
const store = () => stack.ground.kept.store;

test('a drill reaches nobody and nothing outside its plan, and a real alert meanwhile opens a real crisis', async () => {
  // An hour in a minute: Ben, who is not in the audience, is due after two seconds.
  const handle = await startDrill(client(), scenario({ until: '25m' }), 60);
  const rehearsed = await until(
    'a rehearsed crisis in which Ben was refused',
    async () => {
      const { crisisIds } = await handle.query(drillQuery);
      const row = await store().crisis(crisisIds[0] ?? 'none yet');
      const { deliveries = {} } = row?.crisis ?? {};
      return Object.values(deliveries).some(({ person, status }) => person === 'ben' && status === 'failed') && row;
    },
    90_000,
  );
  expect(rehearsed.workflowId).toMatch(/^drill:canary-.*:shop$/);
  expect(rehearsed.crisis).toMatchObject({ mode: 'drill', type: 'productionOutage' });
  expect(mailsTo('ana@example.com').map(({ subject }) => subject)).toEqual(
    expect.arrayContaining([expect.stringContaining('[DRILL]')]),
  );
  expect(mailsTo('ben@example.com')).toEqual([]);
  expect(mailsTo('canary@example.com')).toEqual([]);
  expect(existsSync(canary)).toBe(false);

  await stack.firebreak.accept([alertOf({ receivedAt: Date.now() })]);
  const real = await until('the real crisis', () => stack.firebreak.view('shop'), 30_000);
  expect(real).toMatchObject({ workflowId: 'crisis:shop', crisis: { mode: 'live' } });
  await until('the real rollback', () => existsSync(canary), 30_000);
  await until('the word to everyone', () => mailsTo('canary@example.com').length > 0, 30_000);

  const report = await handle.result();
  expect(report.scorecards[0]).toMatchObject({
    reconciled: true,
    refused: expect.arrayContaining([
      'page to ben by email (ben@example.com)',
      'tell to everyone by email (canary@example.com)',
      'action leave-a-trace',
    ]),
  });
  expect(mailsTo('canary@example.com').filter(({ subject }) => subject.includes('DRILL'))).toEqual([]);
  expect(mailsTo('ben@example.com').filter(({ subject }) => subject.includes('DRILL'))).toEqual([]);
  expect(await readFile(canary, 'utf8')).toBe('x');
  expect((await stack.firebreak.view('shop')).crisis).toMatchObject({
    mode: 'live',
    status: expect.not.stringContaining('closed'),
  });
}, 180_000);

test('scripted people answer, a killed worker comes back, and the scorecard is kept beside the crisis', async () => {
  const handle = await startDrill(
    client(),
    scenario({
      id: 'killed',
      at: [
        { after: '1m', processDies: 'worker' },
        { after: '40m', answer: { by: 'ana', how: 'acknowledge' } },
      ],
      until: '60m',
      expect: { answeredBy: 'ana', status: 'acknowledged', severity: 'P0' },
    }),
    120,
  );
  const report = await handle.result();
  expect(report.scorecards[0]?.inDoubt).toEqual([]);
  expect(report.scorecards[0]?.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.notes.map(({ what }) => what)).toContain('the worker is killed');

  const [crisisId] = report.scorecards.map((card) => card.crisisId);
  expect((await store().archived(crisisId ?? ''))?.postmortem).toContain('(a drill)');
  expect((await store().archived(handle.workflowId))?.postmortem).toContain('Promise: someone engaged within 5m');
}, 180_000);

test('a scenario that does not fit the configuration is refused in words', async () => {
  const handle = await startDrill(client(), scenario({ targets: ['no-such-action'], until: '1m' }), 60);
  await expect(handle.result()).rejects.toMatchObject({
    cause: expect.objectContaining({
      cause: expect.objectContaining({
        message: expect.stringContaining('targets: there is no action "no-such-action"'),
      }),
    }),
  });
}, 60_000);

test('a scheduled drill is held when its time comes, and its scorecard is stored and listed', async () => {
  const planned = scenario({
    id: 'every-week',
    title: 'The shop is down again',
    // Known from the label alone, as the configuration says of live alerts.
    facts: {},
    at: [
      { after: '0s', alert: { labels: { alertname: 'ShopDown' } } },
      { after: '1m', answer: { by: 'ana', how: 'acknowledge' } },
    ],
    until: '8m',
    expect: { severity: 'P0', status: 'acknowledged', answeredBy: 'ana' },
  });
  const { scheduleId, next } = await scheduleDrill(client(), planned, 30, 7 * 24 * 3_600_000);
  expect(next?.getTime()).toBeGreaterThan(Date.now());
  expect((await listDrills(client())).schedules.map((one) => one.scheduleId)).toContain(scheduleId);
  await client().schedule.getHandle(scheduleId).trigger();

  const held = await until(
    'the drill in the list, with what came of it',
    async () => (await listDrills(client())).drills.find((one) => one.scenario === planned.title),
    150_000,
  );
  const report = (await client().workflow.getHandle(held.workflowId).result()) as DrillReport;
  expect([report.notes, report.scorecards[0]?.checks.filter(({ holds }) => !holds)]).toEqual([[], []]);
  expect(held).toMatchObject({ status: 'completed', holds: true });
  expect((await store().archived(held.workflowId))?.postmortem).toContain('The shop is down again');
}, 180_000);
