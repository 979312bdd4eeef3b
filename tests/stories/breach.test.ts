import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { execa } from 'execa';
import { startPortal, type Portal } from '../../scripts/demo/portal.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Collected, EvidenceEntry } from '../../src/domain/evidence.js';
import { sha256 } from '../../src/evidence/hashing.js';
import { createEvidenceRoom } from '../../src/evidence/room.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { createChains } from '../../src/store/chains.js';
import { openPglite } from '../../src/store/pglite.js';
import { portalSettings } from '../examples/support/settings.js';
import { keyFor } from '../support/apiKeys.js';
import { alertOf } from '../support/plan.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let folder: string;
let portal: Portal;
let stand: Stand;
let key: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebreak-breach-'));
  portal = await startPortal(folder);
  const { procedures } = securityIncident;
  const steps = procedures['restoreClean']!.steps.map((step) => ({ ...step, bakeMs: 0 }));
  const playbook = {
    ...securityIncident,
    procedures: { ...procedures, restoreClean: { ...procedures['restoreClean']!, steps } },
  };
  stand = await startStand(({ smtp, http }) =>
    portalSettings(
      { PORTAL_URL: portal.url, PORTAL_STATE: portal.state },
      {
        publicUrl: `http://127.0.0.1:${http}`,
        playbooks: { securityIncident: playbook },
        channels: { email: { host: '127.0.0.1', port: smtp, from: 'Firebreak <firebreak@example.com>' } },
      },
    ),
  );
  key = createOpaqueKeys(stand.signingKey)('portal');
}, 120_000);
afterAll(async () => {
  await portal.stop();
  await stand.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

const crisis = async (): Promise<Crisis> => (await stand.firebreak.view(key)).crisis;
const when = (what: string, holds: (crisis: Crisis) => boolean): Promise<Crisis> =>
  until(what, async () => {
    const now = await crisis();
    return holds(now) ? now : undefined;
  });
const requestFor = async (action: string): Promise<string> => {
  const { approvals } = await when(`a request for ${action}`, (now) =>
    Object.values(now.approvals).some((one) => one.action === action && one.status === 'open'),
  );
  return Object.values(approvals).find((one) => one.action === action)?.request ?? '';
};

const ask = async (person: string, path: string, body?: object): Promise<{ status: number; text: string }> => {
  const authorization = `Bearer ${await keyFor(stand.keys, person, ['crises:read', 'crises:command', 'evidence:read'])}`;
  const sent = body && { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${stand.apiUrl}/api/v1/crises/${encodeURIComponent(key)}${path}`, {
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...sent,
  });
  return { status: answer.status, text: await answer.text() };
};
const act = (person: string, body: object) => ask(person, '/commands', body);

/** The command line in a process of its own, by Sam's key. */
const firebreak = async (...words: string[]) => {
  const text = await keyFor(stand.keys, 'sam', ['crises:read', 'crises:command', 'evidence:read']);
  const env = { FIREBREAK_URL: stand.apiUrl, FIREBREAK_KEY: text };
  const { exitCode, all } = await execa(process.execPath, ['bin/firebreak.js', 'evidence', ...words], {
    env,
    reject: false,
    all: true,
  });
  return { exitCode, all };
};

const entries = async () => stand.evidence.entries((await crisis()).crisisId);
const preserved = async (item: string): Promise<Collected> => {
  const found = (await entries()).find(({ entry }) => entry.item.endsWith(`/${item}`));
  return found?.entry as Collected;
};

test('a breach is isolated at once, its traces are kept as they were, and a second pair of eyes locks the doors', async () => {
  expect(await portal.breakIn()).toBe(201);
  await until('customers to leave', () => portal.stolen() > 5);
  const before = portal.hashes();
  const summary = 'customers leave for an unknown address';
  await stand.firebreak.accept([
    alertOf({ summary, service: 'portal', facts: { securityBreach: true }, receivedAt: Date.now() }),
  ]);

  await when('the isolation', ({ tasks }) => tasks['isolate']?.status === 'done');
  const left = portal.stolen();
  expect(await portal.visit()).toBeUndefined();
  expect(await portal.process()).toMatchObject({ state: 'T' });
  expect(await portal.deskToken()).toBe(200);

  const request = await requestFor('replace-tokens');
  expect(portal.stolen()).toBe(left);
  expect(portal.hashes()).toEqual(before);
  const parts = (await preserved('portal')).parts.map(({ name, sha256: hash }) => [name, hash] as const);
  expect(Object.fromEntries(parts)).toEqual(before);
  expect((await preserved('process')).parts[0]?.sizeBytes).toBeGreaterThan(100);

  expect((await act('kim', { command: 'approve', request })).text).toContain('holds none of the roles');
  expect(await portal.stolenToken()).toBe(200);
  expect((await act('chris', { command: 'approve', request })).status).toBe(200);
  const { tasks, status } = await when(
    'containment',
    ({ procedures }) => procedures['contain']?.status === 'succeeded',
  );
  expect(await portal.stolenToken()).toBe(401);
  expect(await portal.deskToken()).toBe(200);
  expect(status).toBe('mitigated');
  for (const task of ['initiate-containment', 'isolate', 'preserve-evidence', 'assess-scope', 'access-controls'])
    expect(tasks[task]).toMatchObject({ status: 'done' });
  const { events } = JSON.parse((await ask('sam', '/timeline')).text) as { events: { event: { type: string } }[] };
  expect(events.filter(({ event }) => event.type === 'evidenceKept')).toHaveLength(4);
});

test('only those it names find its evidence, and each who adds to it is proven', async () => {
  for (const path of ['/evidence', '/evidence/verification', '/evidence/bundle'])
    expect(await ask('dana', path)).toMatchObject({ status: 404 });
  const reference = { item: 'x', method: 'x', source: { kind: 'reference', where: 'x' } };
  expect(await ask('dana', '/evidence', reference)).toMatchObject({ status: 404 });
  expect(await ask('kim', '/evidence', { ...reference, item: 'disk' })).toMatchObject({ status: 201 });
  expect(await ask('kim', '/evidence', { ...reference, item: 'disk', method: 'y' })).toMatchObject({ status: 409 });

  const log = join(portal.state, 'customers', 'access.log');
  expect(await firebreak('collect', key, '--item', 'log', '--file', log)).toMatchObject({ exitCode: 0 });
  const printed = await firebreak('collect', key, '--item', 'sum', '--command', '--', process.execPath, '-p', '6*7');
  expect(printed).toMatchObject({ exitCode: 0 });
  const handed = await firebreak('hand-over', key, '--item', 'log', '--to', 'police, J. Kim', '--why', 'seized');
  expect(handed.all).toContain('from sam to police, J. Kim: seized');
  expect(
    (await firebreak('hand-over', key, '--item', 'log', '--to', 'x', '--why', 'x', '--from', 'sam')).all,
  ).toContain('log is with police, J. Kim');

  expect((await entries()).slice(4).map(({ entry }) => [entry.type, entry.item, entry.by])).toEqual([
    ['collected', 'disk', 'kim'],
    ['collected', 'log', 'sam'],
    ['collected', 'sum', 'sam'],
    ['handedOver', 'log', 'sam'],
  ]);
  expect((await crisis()).evidence).toMatchObject({ items: 7, last: { seq: 7 } });
});

test('one changed byte is found and named, and a bundle proves itself', async () => {
  const implant = portal.hashes()['pictures/thumbnail.js'] ?? '';
  const kept = join(stand.dataDir, 'evidence', implant.slice(0, 2), implant);
  const was = await readFile(kept);
  await chmod(kept, 0o600);
  await writeFile(kept, was.fill((was.at(-1) ?? 0) ^ 1, was.length - 1));

  const tampered = await firebreak('verify', key);
  expect(tampered.exitCode).toBe(1);
  expect(tampered.all).toMatch(/pictures\/thumbnail\.js of preserve-evidence-\d+\/portal is altered/);
  await writeFile(kept, was.fill((was.at(-1) ?? 0) ^ 1, was.length - 1));
  expect(await firebreak('verify', key)).toMatchObject({ exitCode: 0 });

  const bundle = join(folder, 'evidence.tar');
  expect(await firebreak('export', key, '--to', bundle)).toMatchObject({ exitCode: 0 });
  expect((await firebreak('verify', '--bundle', bundle)).all).toContain('not a byte changed');
});

test('the portal comes back from the clean backup, when a second person agrees', async () => {
  const infected = await portal.process();
  expect((await act('sam', { command: 'run', what: 'restoreClean' })).status).toBe(200);
  const request = await requestFor('restore-portal');
  expect((await act('sam', { command: 'approve', request })).text).toContain('whoever asks cannot approve');
  expect((await act('ben', { command: 'approve', request })).status).toBe(200);
  await when('the restoration', ({ procedures }) => procedures['restoreClean']?.status === 'succeeded');

  expect(await portal.visit()).toBe('HTTP 200 {"hello":"Customer 7"}');
  expect((await portal.process())?.pid).not.toBe(infected?.pid);
  expect(Object.keys(portal.hashes())).not.toContain('pictures/thumbnail.js');
});

test('an entry that somebody writes over in the database is named, by the chain and by the timeline', async () => {
  const { crisisId } = await crisis();
  const { events } = JSON.parse((await ask('sam', '/timeline')).text) as {
    events: { event: { type: string; entry: { seq: number; hash: string } } }[];
  };
  const anchors = events.flatMap(({ event }) => (event.type === 'evidenceKept' ? [event.entry] : []));
  await stand.closeStore();
  const database = await openPglite(stand.dataDir);
  await database.sql.execute(sql`alter table sealed disable trigger sealed_stays`);
  await database.sql.execute(
    sql`update sealed set entry = jsonb_set(entry, '{to}', '"nobody"') where chain = ${`evidence:${crisisId}`} and seq = 7`,
  );
  const room = createEvidenceRoom({
    settings: () => stand.settings().evidence,
    dataDir: stand.dataDir,
    log: () => createChains<EvidenceEntry>(database, sha256),
    now: Date.now,
    env: {},
  });

  expect((await room.verify(crisisId, anchors)).verdict.chain).toMatchObject([{ kind: 'changed', seq: 7 }]);
  await database.close();
});
