import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { auditSealOf } from '../../src/client/derivedKeys.js';
import type { Scope } from '../../src/domain/apiKey.js';
import { createAudit } from '../../src/domain/auditing.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createChains } from '../../src/store/chains.js';
import { openPglite } from '../../src/store/pglite.js';
import { signalOf, updateOf } from '../../src/workflows/messages.js';
import { keyFor } from '../support/apiKeys.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory, type Story } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

const keyOf = (person: string, scopes?: Scope[]): Promise<string> => keyFor(stand.keys, person, scopes);

const ask = async (path: string, { key, body }: { key?: string; body?: object } = {}) => {
  const response = await fetch(`${stand.apiUrl}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, said: (await response.json()) as { detail?: string; status?: string } };
};

/** A crisis that ana has acknowledged, in which one dangerous thing can be done, which leaves a trace. */
const beginDangerous = async (more: Record<string, unknown> = {}) => {
  const mark = `restarted-${randomBytes(4).toString('hex')}`;
  const { people } = settingsFor({ smtp: 1 });
  const having = (person: string, ...roles: string[]) => ({ [person]: { ...people[person], roles } });
  const story = beginStory(stand, {
    actions: {
      restart: {
        kind: 'command',
        title: 'Restart the database',
        argv: [
          process.execPath,
          '-e',
          `require('node:fs').writeFileSync(process.argv[1], '')`,
          join(stand.dataDir, mark),
        ],
        risk: 'destructive',
        mayRun: ['technical-lead', 'incident-commander'],
      },
    },
    more: {
      people: { ...people, ...having('ana', 'technical-lead'), ...having('chris', 'incident-commander') },
      ...more,
    },
  });
  await story.alert();
  await story.command('acknowledge', { by: 'ana' });
  return {
    ...story,
    hasRun: () => existsSync(join(stand.dataDir, mark)),
    act: (body: object, key?: string) =>
      ask(`/api/v1/crises/${story.key}/commands`, { body, ...(key !== undefined && { key }) }),
    request: () => until('the request', async () => Object.keys((await story.crisis()).approvals).at(-1)),
  };
};

const refusalsOf = async (story: Story): Promise<string[]> =>
  (await story.eventsOf('refused')).map(({ reason }) => reason);

const linkTo = async (person: string, crisisId: string): Promise<string> => {
  const { text } = await stand.mailbox.waitFor(
    ({ to, text }) =>
      to.some(({ address }) => address === `${person}@example.com`) &&
      text.includes(crisisId) &&
      text.includes('/approve/'),
    30_000,
  );
  return /http\S+\/approve\/\S+/.exec(text)?.[0] ?? 'no link';
};

const press = (link: string, answer: 'approve' | 'reject') =>
  fetch(link, { method: 'POST', body: new URLSearchParams({ answer }) });

test('what is dangerous runs when a second person approves by the link in the mail, and not before', async () => {
  const story = await beginDangerous();
  const ana = await keyOf('ana');

  expect(await story.act({ command: 'run', what: 'restart', by: 'ana' })).toMatchObject({
    status: 409,
    said: { detail: expect.stringContaining('the identity of ana is not proven') },
  });
  expect((await story.act({ command: 'run', what: 'restart', reason: 'it hangs' }, ana)).status).toBe(200);
  const request = await story.request();
  expect(await story.act({ command: 'approve', request }, ana)).toMatchObject({
    status: 409,
    said: { detail: 'cannot approve: whoever asks cannot approve' },
  });
  expect(await story.act({ command: 'approve', request, by: 'chris' }, ana)).toMatchObject({
    status: 403,
    said: { detail: 'this key is of ana, and cannot act as chris' },
  });

  const link = await linkTo('chris', (await story.crisis()).crisisId);
  const shown = await (await fetch(link)).text();
  expect(shown).toContain('Restart the database');
  expect(shown).toContain('it hangs');
  expect(story.hasRun()).toBe(false);
  expect((await story.crisis()).approvals[request]?.status).toBe('open');

  expect(await (await press(link, 'approve')).text()).toContain('You have approved.');
  await until('the restart', () => story.hasRun());
  expect((await story.eventsOf('actionStarted')).at(-1)).toMatchObject({
    authority: 'approved by chris',
    grant: { kind: 'approval', of: ['chris'] },
  });
  expect((await press(link, 'reject')).status).toBe(409);
});

test('straight through Temporal anybody can acknowledge, and nobody can approve, whatever it claims', async () => {
  const story = await beginDangerous();
  await story.act({ command: 'run', what: 'restart' }, await keyOf('ana'));
  const request = await story.request();
  const { proof } = await genuineProof(story, await keyOf('chris'));
  const forged = { by: 'chris', request, proven: true };

  await story.handle.signal(signalOf('note'), { by: 'chris', text: 'by the temporal command line' });
  await expect(story.handle.executeUpdate(updateOf('approve'), { args: [forged] })).rejects.toThrow();
  await story.handle.signal(signalOf('approve'), forged);
  await story.handle.signal(signalOf('approve'), { ...forged, id: 'stolen', proof });
  await until('all three refusals', async () => (await refusalsOf(story)).length === 3);

  expect(await refusalsOf(story)).toEqual([
    'cannot approve: the identity of chris is not proven',
    'cannot approve: the identity of chris is not proven',
    'cannot approve: the identity of chris is not proven (the proof is altered)',
  ]);
  expect(await story.eventsOf('refused')).toMatchObject([
    { via: 'temporal' },
    { via: 'temporal' },
    { via: 'temporal' },
  ]);
  expect((await story.eventsOf('noted')).at(-1)).not.toHaveProperty('proven');
  expect(story.hasRun()).toBe(false);
});

/** The proof of a note that its author has really sent, as whoever can read the history finds it. */
const genuineProof = async (story: Awaited<ReturnType<typeof beginDangerous>>, key: string) => {
  expect((await story.act({ command: 'note', text: 'I look into it' }, key)).status).toBe(200);
  const { events } = await story.handle.fetchHistory();
  const inputs = (events ?? []).flatMap(
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads ?? [],
  );
  const sent = inputs.map(({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as { proof?: object });
  const { proof } = sent.findLast((one) => one.proof) ?? {};
  expect(proof).toBeDefined();
  return { proof };
};

test('a request that nobody approves in time lapses, and its link says so', async () => {
  const story = await beginDangerous({ approvalLapsesAfterMs: 3_000 });
  await story.act({ command: 'run', what: 'restart' }, await keyOf('ana'));
  const link = await linkTo('chris', (await story.crisis()).crisisId);
  await until('the lapse', async () => (await story.eventsOf('approvalLapsed')).length === 1);

  expect([409, 410]).toContain((await press(link, 'approve')).status);
  expect(story.hasRun()).toBe(false);
});

test('the glass is broken with a reason, and those above are paged and told at once', async () => {
  const story = await beginDangerous();
  const ana = await keyOf('ana');

  expect(await story.act({ command: 'run', what: 'restart', breakGlass: true }, ana)).toMatchObject({
    said: { detail: 'cannot run: breaking the glass wants a reason' },
  });
  await story.act({ command: 'run', what: 'restart', breakGlass: true, reason: 'nobody else is up' }, ana);
  await until('the restart', () => story.hasRun());

  expect(await story.pageTo('mia')).toMatchObject({ status: 'sent' });
  expect((await story.eventsOf('managementTold')).at(-1)?.reason).toContain('broke the glass');
});

test('the audit has all of it, by whom and by which authority; a changed row is found', async () => {
  const audit = () => stand.audit.newest(1_000);
  await until('the end of the last action', async () =>
    (await audit()).some(({ entry }) => entry.authority.kind === 'break-glass' && entry.what === 'start action'),
  );
  const entries = (await audit()).map(({ entry }) => entry);
  const like = (entry: object) => expect.arrayContaining([expect.objectContaining(entry)]);

  expect(entries).toEqual(
    like({ what: 'run', outcome: 'requested', who: expect.objectContaining({ id: 'ana', proof: 'api key' }) }),
  );
  expect(entries).toEqual(like({ what: 'approve', outcome: 'done', who: { id: 'chris', proof: 'signed link' } }));
  expect(entries).toEqual(like({ what: 'approve', outcome: 'refused', who: { id: 'chris', proof: 'not proven' } }));
  expect(entries).toEqual(like({ what: 'start action', authority: { kind: 'approval', of: ['chris'] } }));
  expect(entries).toEqual(like({ what: 'approval lapsed', outcome: 'refused' }));

  const auditor = await keyOf('dana', ['audit:read']);
  expect((await ask('/api/v1/audit/verification')).status).toBe(401);
  expect((await ask('/api/v1/audit/verification', { key: await keyOf('ben') })).status).toBe(403);
  expect(await ask('/api/v1/audit/verification', { key: auditor })).toMatchObject({
    status: 200,
    said: { faults: [] },
  });

  await stand.closeStore();
  const database = await openPglite(stand.dataDir);
  const seal = auditSealOf(stand.signingKey);
  const reopened = createAudit({ log: createChains<AuditEntry>(database, seal), hash: seal });
  await database.sql.execute(sql`alter table sealed disable trigger sealed_stays`);
  await database.sql.execute(sql`update sealed set entry = jsonb_set(entry, '{who,id}', '"eve"') where seq = 2`);
  expect((await reopened.verify()).faults).toMatchObject([{ kind: 'changed', seq: 2 }]);
  await database.close();
});
