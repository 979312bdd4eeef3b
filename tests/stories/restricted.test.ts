import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { execa } from 'execa';
import { openPglite } from '../../src/store/pglite.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { cli } from '../scripts/commands/support/cli.js';
import { dumpOf } from '../store/support/dump.js';
import { keyFor } from '../support/apiKeys.js';
import { alertOf } from '../support/plan.js';
import { settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

type Payload = { metadata: Record<string, string>; data: string };

const ui = 'https://temporal.example.com';
const secretWords = /customer table|Data breach|Mallory|back door/;

let stand: Stand;
let workflowId: string;
let crisisId: string;
const keys: Record<string, string> = {};
beforeAll(async () => {
  stand = await startStand((ports) =>
    settingsFor({
      ...ports,
      more: {
        security: { people: ['carl'] },
        regulatory: { regimes: ['GDPR'], contact: 'Carl, carl@example.com' },
        access: { temporalUi: [ui] },
        playbooks: { securityIncident: { ...securityIncident, regressionWatchMs: soon } },
      },
    }),
  );
  for (const person of ['carl', 'dana']) keys[person] = await keyFor(stand.keys, person);
  const summary = 'somebody reads our customer table';
  const [accepted] = await stand.firebreak.accept([
    alertOf({ summary, facts: { securityBreach: true }, receivedAt: Date.now() }),
  ]);
  workflowId = accepted?.workflowId ?? '';
  ({ crisisId } = (await until('the crisis', () => stand.firebreak.view(workflowId))).crisis);
  await stand.firebreak.command(workflowId, 'note', { by: 'carl', text: 'Mallory came by the back door' });
});
afterAll(() => stand.stop());

const authorised = (person?: string): Record<string, string> =>
  person === undefined ? {} : { authorization: `Bearer ${keys[person]}` };
const ask = async (path: string, person?: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${stand.apiUrl}/api/v1${path}`, { headers: authorised(person) });
  return { status: answer.status, text: await answer.text() };
};
const decode = (payloads: readonly unknown[], headers: Record<string, string>) =>
  fetch(`${stand.apiUrl}/codec/decode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', ...headers },
    body: JSON.stringify({ payloads }),
  });
const firebreakAs = (person: string, ...args: string[]) =>
  cli(args, { FIREBREAK_URL: stand.apiUrl, FIREBREAK_KEY: keys[person] ?? '' });

/** An exported history, with its payloads as they can be read by whoever has got it. */
const readable = (text: string): string =>
  [
    text,
    ...(text.match(/"data":\s*"[^"]+"/g) ?? []).map((data) =>
      Buffer.from(data.replace(/"data":\s*/, ''), 'base64').toString('latin1'),
    ),
  ].join(' ');

/** Every history that the server has. */
const everyHistory = async (): Promise<string> => {
  const read: string[] = [];
  for await (const found of stand.client.workflow.list()) {
    const history = await stand.client.workflow.getHandle(found.workflowId, found.runId).fetchHistory();
    read.push(readable(historyToJSON(history)));
  }
  return read.join(' ');
};

/** What the Temporal UI sends: the encrypted payloads of the crisis's history. */
const payloadsOf = async (id: string): Promise<Payload[]> => {
  const found: Payload[] = [];
  JSON.parse(historyToJSON(await stand.client.workflow.getHandle(id).fetchHistory()), (_, value: unknown) => {
    const { metadata, data } = (value ?? {}) as Partial<Payload>;
    if (metadata?.['encoding'] === Buffer.from('binary/encrypted').toString('base64'))
      found.push({ metadata, data: data ?? '' });
    return value;
  });
  return found;
};
const wordsIn = (payloads: readonly Payload[]): string =>
  payloads.map(({ data }) => Buffer.from(data, 'base64').toString('utf8')).join(' ');

test('an attack runs under an opaque id, with a page that says its code name only', async () => {
  const mail = await stand.mailbox.waitFor(({ to }) => to.some(({ address }) => address === 'ana@example.com'), 30_000);

  expect(workflowId).toMatch(/^restricted:[a-z]+-[a-z]+-[0-9a-f]{6}$/);
  expect(`${mail.subject} ${mail.text}`).toContain(workflowId.replace('restricted:', ''));
  expect(`${mail.subject} ${mail.text}`).not.toMatch(/customer table|Shop|breach/i);
});

test('no search attribute names a service', async () => {
  const { typedSearchAttributes, type } = await stand.client.workflow.getHandle(workflowId).describe();

  expect(type).toBe('securityIncident');
  expect(typedSearchAttributes.getAll().map(({ key }) => key.name)).not.toContain('CrisisService');
});

test('the API shows it to those it names, and to nobody else that there is one', async () => {
  const path = `/crises/${encodeURIComponent(workflowId)}`;

  await until('carl to see it', async () => (await ask(path, 'carl')).status === 200);
  for (const more of ['', '/timeline', '/deliveries', '/history', '/postmortem', '/notifications/gdpr-authority'])
    expect(await ask(`${path}${more}`, 'dana')).toMatchObject({ status: 404 });
  expect(await ask(path)).toMatchObject({ status: 404 });
  await until('carl’s list', async () => (await ask('/crises', 'carl')).text.includes('customer table'));
  expect((await ask('/crises', 'dana')).text).not.toContain('restricted:');
  await until('carl’s alerts', async () => (await ask('/alerts', 'carl')).text.includes('customer table'));
  expect((await ask('/alerts', 'dana')).text).not.toMatch(secretWords);
  expect((await ask(`/alerts?crisisId=${encodeURIComponent(crisisId)}`)).text).not.toMatch(secretWords);
});

test('the codec server decodes what its history holds for those it names', async () => {
  const payloads = await payloadsOf(workflowId);
  const open = { metadata: { encoding: Buffer.from('json/plain').toString('base64') }, data: 'MQ==' };
  const answer = await decode([...payloads, open], authorised('carl'));
  const decoded = ((await answer.json()) as { payloads: Payload[] }).payloads;

  expect(payloads.length).toBeGreaterThan(3);
  expect(wordsIn(payloads)).not.toMatch(secretWords);
  expect(payloads.map(({ metadata }) => Buffer.from(metadata['workflow-id'] ?? '', 'base64').toString())).toEqual(
    payloads.map(() => workflowId),
  );
  expect(answer.status).toBe(200);
  expect(wordsIn(decoded)).toMatch(/customer table/);
  expect(wordsIn(decoded)).toMatch(/Mallory came by the back door/);
  expect(decoded.at(-1)).toEqual(open);
});

test('it refuses everybody else in words, and the audit has it', async () => {
  const payloads = await payloadsOf(workflowId);
  const refusals = {
    dana: await decode(payloads, authorised('dana')),
    nobody: await decode(payloads, {}),
    elsewhere: await decode(payloads, { ...authorised('carl'), 'x-namespace': 'other' }),
    malformed: await decode([{ data: '%' }], authorised('carl')),
  };
  const statuses = Object.fromEntries(Object.entries(refusals).map(([who, { status }]) => [who, status]));
  const types = Object.values(refusals).map(({ headers }) => headers.get('content-type'));

  expect(statuses).toEqual({ dana: 403, nobody: 401, elsewhere: 422, malformed: 422 });
  for (const type of types) expect(type).toMatch(/^application\/problem\+json/);
  expect(await refusals.dana.text()).not.toMatch(secretWords);
  const noted = await until('the audit', async () =>
    (await stand.audit.newest(1, ({ what, who }) => what === 'decode payloads' && who.id === 'dana')).at(0),
  );
  expect(noted.entry).toMatchObject({ outcome: 'refused', on: { crisis: workflowId } });
});

test('a browser may ask from where the Temporal UI is, with a cookie once it has signed in', async () => {
  const preflight = (origin: string) =>
    fetch(`${stand.apiUrl}/codec/decode`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-namespace' },
    });
  const signIn = (key: string) =>
    fetch(`${stand.apiUrl}/codec/sign-in`, { method: 'POST', body: new URLSearchParams({ key }) });
  const allowed = await preflight(ui);
  const cookie = (await signIn(keys['carl'] ?? '')).headers.get('set-cookie') ?? '';
  const [shown = ''] = cookie.split(';');
  const payloads = await payloadsOf(workflowId);

  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    'access-control-allow-origin': ui,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': expect.stringContaining('x-namespace'),
  });
  expect((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await signIn('firebreak_wrong')).status).toBe(401);
  expect((await decode(payloads, { origin: ui, cookie: shown })).status).toBe(200);
  expect((await decode(payloads, { origin: 'https://evil.example.com', cookie: shown })).status).toBe(401);
  expect((await decode(payloads, { origin: ui })).headers.get('access-control-allow-origin')).toBe(ui);
});

test('Temporal’s own command line reads it with a key, and gives it a command that is encrypted on its way', async () => {
  const temporal = (person: string, ...args: string[]) =>
    execa(
      stand.temporalCli,
      [
        ...['workflow', ...args, '--workflow-id', workflowId, '--address', stand.address],
        ...['--codec-endpoint', `${stand.apiUrl}/codec`, '--codec-auth', `Bearer ${keys[person]}`],
      ],
      { reject: false, timeout: 30_000 },
    );
  const note = { by: 'carl', text: 'Mallory has left' };

  const shownTo = async (person: string) => readable((await temporal(person, 'show', '--output', 'json')).stdout);

  expect(await shownTo('carl')).toMatch(/customer table/);
  expect(await shownTo('dana')).not.toMatch(secretWords);
  expect(await temporal('carl', 'signal', '--name', 'note', '--input', JSON.stringify(note))).toMatchObject({
    exitCode: 0,
  });
  await until('the note', async () =>
    JSON.stringify(await stand.firebreak.timeline(workflowId)).includes('Mallory has left'),
  );
});

test('its decisions are taken again by whoever may see it, and by nobody else', async () => {
  const [carl, dana] = [
    await firebreakAs('carl', 'replay', workflowId),
    await firebreakAs('dana', 'replay', workflowId),
  ];

  expect(carl.stderr).toBe('');
  expect(carl.stdout).toContain('securityIncident: the same decisions');
  expect(dana).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no crisis') });
}, 120_000);

test('a regulator’s notification is drafted from what is marked, and filing it closes the clock', async () => {
  const at = new Date(Date.now() - 1_000).toISOString();
  await stand.firebreak.command(workflowId, 'mark', { by: 'carl', anchor: 'aware', at });
  const { stdout } = await firebreakAs('carl', 'notification', workflowId, 'gdpr-authority');
  await stand.firebreak.command(workflowId, 'file', {
    by: 'carl',
    obligation: 'gdpr-authority',
    reference: 'LDA-1077',
  });

  expect(stdout).toContain(`${at.slice(0, 16).replace('T', ' ')} UTC`);
  expect(stdout).toContain('Carl, carl@example.com');
  expect(stdout).toContain('[to be filled in]');
  expect((await stand.firebreak.view(workflowId)).crisis.regulatory).toMatchObject({
    deadlines: [],
    filings: [{ obligation: 'gdpr-authority', by: 'carl', reference: 'LDA-1077' }],
  });
});

test('once it has closed it is replayed out of the archive, and its post-mortem is for those it names', async () => {
  await stand.firebreak.command(workflowId, 'acknowledge', { by: 'carl' });
  await stand.firebreak.command(workflowId, 'resolve', { by: 'carl', reason: 'Mallory is locked out' });
  await until('the archive', () => stand.store.archived(crisisId));
  await stand.connection.workflowService.deleteWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
  });
  const path = `/crises/${encodeURIComponent(crisisId)}`;
  await until('the archive’s history', async () =>
    (await ask(`${path}/history`, 'carl')).text.includes('"stored":true'),
  );
  const replayed = await firebreakAs('carl', 'replay', crisisId);

  expect(replayed.stdout).toContain('securityIncident: the same decisions');
  expect((await ask(`${path}/postmortem`, 'carl')).text).toMatch(/Mallory/);
  expect(await ask(`${path}/postmortem`, 'dana')).toMatchObject({ status: 404 });
  expect([...stand.postmortems.keys()]).toEqual([]);
}, 120_000);

test('what a monitor says of it afterwards is kept for those it names', async () => {
  const summary = 'the back door is shut';
  const [accepted] = await stand.firebreak.accept([
    alertOf({ id: 'late', summary, status: 'resolved', facts: { securityBreach: true }, receivedAt: Date.now() }),
  ]);

  expect(accepted?.outcome).toBe('recorded');
  await until('carl’s alerts', async () => (await ask('/alerts', 'carl')).text.includes(summary));
  expect((await ask('/alerts', 'dana')).text).not.toMatch(secretWords);
});

test('neither Temporal nor the database has a word of it in plain text', async () => {
  expect(await everyHistory()).not.toMatch(secretWords);
  await stand.closeStore();
  const database = await openPglite(stand.dataDir);
  const dump = await dumpOf(database);
  await database.close();

  expect(dump).toContain(workflowId);
  expect(dump).not.toMatch(secretWords);
  // What the server writes to its file is not compressed.
  expect((await readFile(join(stand.dataDir, 'temporal.db'))).toString('latin1')).not.toMatch(secretWords);
});
