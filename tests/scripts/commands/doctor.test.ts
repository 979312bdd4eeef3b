import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import getPort from 'get-port';
import { examineActions } from '../../../scripts/commands/doctor/actions.js';
import { examineAuthority } from '../../../scripts/commands/doctor/authority.js';
import type { Finding } from '../../../scripts/commands/doctor/finding.js';
import { examineOnCall, examinePeople } from '../../../scripts/commands/doctor/people.js';
import { examineSchedules } from '../../../scripts/commands/doctor/schedules.js';
import { Settings } from '../../../src/domain/settings.js';
import { temporalPath } from '../../support/parts.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

const freePorts = async (): Promise<Record<string, string>> => {
  const names = ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAILBOX_PORT'];
  const found: Record<string, string> = {};
  for (const name of names) found[`FIREBREAK_${name}`] = String(await getPort());
  return { ...found, FIREBREAK_TEMPORAL_CLI: await temporalPath(), FIREBREAK_CONFIG: 'firebreak.yaml' };
};

const findingsOf = async (env: Record<string, string>): Promise<{ code: number; findings: Finding[] }> => {
  const ran = await cli(['doctor', '--json'], env);
  return { code: ran.code, findings: (documentOf(ran) as { findings: Finding[] }).findings };
};

const organisation = (over: object): Settings =>
  Settings.parse({
    people: {
      ana: { name: 'Ana', contacts: [{ channel: 'email', to: 'ana@example.com' }] },
      ben: { name: 'Ben', contacts: [{ channel: 'sms', to: '+4930123456' }] },
    },
    schedules: { first: { people: ['ana'] } },
    teams: { web: { oncall: { primary: 'first' } } },
    services: {},
    defaultTeam: 'web',
    channels: {},
    ...over,
  });

test('a machine in good order is healthy, before anything is started', async () => {
  const { code, findings } = await findingsOf(await freePorts());

  expect(code).toBe(0);
  expect(findings.filter(({ level }) => level === 'fail')).toEqual([]);
  expect(findings).toContainEqual(expect.objectContaining({ level: 'ok', about: 'temporal binary' }));
  expect(findings).toContainEqual(expect.objectContaining({ level: 'ok', about: 'evidence' }));
  expect(findings).toContainEqual(expect.objectContaining({ level: 'warn', about: 'API', todo: expect.any(String) }));
});

test('a port that another program has is a failure with its remedy', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => other.once('listening', listening));
  const { port } = other.address() as AddressInfo;
  const { code, stdout } = await cli(['doctor'], { ...(await freePorts()), FIREBREAK_SMTP_PORT: String(port) });
  other.close();

  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`fail +ports +Port ${port} on 127.0.0.1 is taken`));
  expect(stdout).toContain('set FIREBREAK_SMTP_PORT to another port');
});

test('wrong settings, a wrong file and a server that is away are all named in one go', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'firebreak-doctor-')), 'firebreak.yaml');
  await writeFile(file, (await readFile('firebreak.yaml', 'utf8')).replace('team: storefront', 'team: nobody'));
  const { code, findings } = await findingsOf({
    ...(await freePorts()),
    FIREBREAK_CONFIG: file,
    FIREBREAK_DATABASE_URL: `postgresql://firebreak:s3cret@127.0.0.1:${await getPort()}/firebreak`,
    FIREBREAK_URL: `http://127.0.0.1:${await getPort()}`,
  });

  expect(code).toBe(1);
  expect(findings.filter(({ level }) => level === 'fail').map(({ about }) => about)).toEqual([
    'configuration',
    'API',
    'database',
  ]);
  expect(JSON.stringify(findings)).not.toContain('s3cret');
});

test('while Firebreak runs, its parts are asked and its ports are its own', async () => {
  const { address, env } = await startNight();
  const { findings } = await findingsOf({ ...(await freePorts()), ...env, FIREBREAK_PORT: new URL(address).port });

  expect(findings).toContainEqual({ level: 'ok', about: 'API', message: `answers at ${address}` });
  expect(findings).toContainEqual({ level: 'ok', about: 'Temporal', message: 'the API reaches it' });
  expect(findings).toContainEqual(expect.objectContaining({ level: 'warn', about: 'database' }));
  expect(findings).toContainEqual(expect.objectContaining({ level: 'ok', message: expect.stringContaining('in use') }));
});

test('a person whom no page can reach is found', () => {
  expect(examinePeople(organisation({}))).toEqual([
    expect.objectContaining({ level: 'fail', message: expect.stringContaining('Ben (ben) has no contact') }),
  ]);
});

test('an empty seat is found, and who would be paged now is said', () => {
  const found = examineOnCall(organisation({}), Date.now());

  expect(found).toContainEqual(expect.objectContaining({ level: 'ok', message: 'team web: primary Ana' }));
  expect(found).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'team web has no secondary on call now' }),
  );
});

test('gaps, overrides that are over and schedules nobody uses are found', () => {
  const now = Date.UTC(2026, 2, 2, 3);
  const schedules = {
    first: {
      people: ['ana'],
      overrides: [
        { from: '2026-01-01T00:00', until: '2026-01-02T00:00', person: 'ben' },
        { from: '2026-03-10T00:00', until: '2026-03-11T00:00', person: 'gone' },
      ],
    },
    spare: { people: ['ben'] },
  };

  expect(examineSchedules(organisation({ schedules }), now).map(({ level, message }) => [level, message])).toEqual([
    ['fail', expect.stringMatching(/^first has nobody on call at 2026-03-/)],
    ['warn', 'override 1 of first (ben) ended on 2026-01-02'],
    ['warn', 'no team uses the schedule spare'],
  ]);
});

test('an action that too few people could approve is named, and glass that nobody could break', () => {
  const restart = { kind: 'command', title: 'Restart', argv: ['true'], mayRun: ['technical-lead'] };
  const ana = { name: 'Ana', roles: ['technical-lead'], contacts: [{ channel: 'email', to: 'ana@example.com' }] };
  const ben = { ...ana, name: 'Ben' };
  const messages = (over: object) => examineAuthority(organisation(over)).map(({ level, message }) => [level, message]);

  expect(messages({ people: { ana }, actions: { restart } })).toEqual([
    ['warn', '"restart" needs an approval of somebody else, and only ana may run it'],
  ]);
  expect(messages({ actions: { restart: { ...restart, approvals: 0 } } })).toEqual([
    ['warn', 'nobody could break the glass in need'],
  ]);
  expect(messages({ people: { ana, ben }, actions: { restart } })).toEqual([
    ['ok', 'for every dangerous action there are people enough to ask and to approve'],
  ]);
  expect(messages({})).toEqual([]);
});

test('an action that lacks its token or its cluster on this machine is named', async () => {
  const cluster = { kubeconfig: '/no/such/kubeconfig' };
  const settings = organisation({
    actions: {
      back: { kind: 'kubernetes', title: 'Back', cluster, work: { does: 'rollBack', deployment: 'shop' } },
      forward: { kind: 'kubernetes', title: 'Forward', cluster, work: { does: 'rollForward', deployment: 'shop' } },
      again: {
        kind: 'github',
        title: 'Again',
        repository: 'acme/shop',
        token: 'SHOP_TOKEN',
        work: { does: 'rerun', workflow: 'deploy.yml' },
      },
    },
  });

  expect(await examineActions(settings, {})).toMatchObject([
    { level: 'warn', message: '"again" wants the environment variable SHOP_TOKEN, which is not set here' },
    { level: 'warn', about: 'cluster', message: 'kubeconfig /no/such/kubeconfig: there is no such file' },
  ]);
  expect(await examineActions(settings, { SHOP_TOKEN: 'set' })).toHaveLength(1);
});
