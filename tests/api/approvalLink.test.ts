import { expect, test } from '@jest/globals';
import { readApprovalLink, signApprovalLink } from '../../src/domain/approvalLink.js';
import { readAckLink, signAckLink } from '../../src/domain/ackLink.js';
import type { Approval, Crisis } from '../../src/domain/crisis.js';
import { crisisOf } from './support/fakeFirebreak.js';
import { now, start } from './support/start.js';

const secret = 'a key for tests, long enough to sign with';
const request = 'cr-1/approval/7';
const asked: Approval = {
  request,
  action: 'restart <script>',
  parameters: { node: 'db-1' },
  context: { as: 'request' },
  by: 'ben',
  at: now,
  lapsesAt: now + 600_000,
  needs: 1,
  reason: 'it hangs',
  approvedBy: [],
  status: 'open',
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const started = async (approval: Partial<Approval> = {}, over: Partial<Crisis> = {}) => {
  const api = await start({ approvalLinks: { read: (token) => readApprovalLink(token, secret, now) } });
  api.crises.set('cr-1', crisisOf('cr-1', { approvals: { [request]: { ...asked, ...approval } }, ...over }));
  const token = await signApprovalLink({ crisisId: 'cr-1', person: 'ana', request }, secret, asked.lapsesAt);
  const path = `/approve/${token}`;
  return { ...api, token, path, press: (answer: string) => api.post(path, `answer=${answer}`, form) };
};

test('the page says what would be done, who asks and why, and has two buttons', async () => {
  const { get, path } = await started();
  const page = await get(path);

  expect(page.statusCode).toBe(200);
  for (const said of ['restart &lt;script&gt;', 'node=db-1', 'Ben Oh', 'it hangs', 'Ana Ruiz', 'in 10m'])
    expect(page.body).toContain(said);
  expect(page.body.match(/<button/g)).toHaveLength(2);
  expect(page.body).not.toContain('<script');
  expect(page.headers['content-security-policy']).toContain("form-action 'self'");
});

test('the page says what the crisis has pinned, whatever the configuration calls it by now', async () => {
  const { get, path } = await started({ title: 'Restart the old database', risk: 'destructive' });
  expect((await get(path)).body).toContain('Restart the old database (destructive)');
});

test('looking changes nothing, however often and by whatever scanner', async () => {
  const { get, send, path, commands } = await started();
  await get(path);
  await send({ method: 'HEAD', path });

  expect(commands).toEqual([]);
});

test.each(['approve', 'reject'])('a button answers with %s, as the person of the link, once', async (answer) => {
  const { press, commands } = await started();
  expect((await press(answer)).statusCode).toBe(200);
  await press(answer);

  expect(commands).toMatchObject([
    { command: answer, input: { by: 'ana', via: 'link', request }, actor: { kind: 'person', id: 'ana', key: 'link' } },
  ]);
});

test.each([
  ['approved', { status: 'approved' }, 'The request is approved.'],
  ['lapsed while its clock has not struck', { lapsesAt: now - 1 }, 'The request has lapsed.'],
  ['approved by the same person', { approvedBy: ['ana'] }, 'You have approved already.'],
] as const)('what is %s asks nothing more', async (_, approval, said) => {
  const { get, press, path, commands } = await started(approval);
  const page = await get(path);

  expect(page.body).toContain(said);
  expect(page.body).not.toContain('<button');
  expect((await press('approve')).statusCode).toBe(409);
  expect(commands).toEqual([]);
});

test('a link that was changed, has lapsed or is for something else does nothing', async () => {
  const { get, token, commands } = await started();
  const late = await signApprovalLink({ crisisId: 'cr-1', person: 'ana', request }, secret, now - 1_000);
  const ack = await signAckLink({ crisisId: 'cr-1', person: 'ana', key: request }, secret, asked.lapsesAt);

  expect((await get(`/approve/${late}`)).statusCode).toBe(410);
  for (const other of [`${token}x`, ack, 'nonsense']) expect((await get(`/approve/${other}`)).statusCode).toBe(403);
  expect(await readAckLink(token, secret, now)).toEqual({ fault: 'invalid' });
  expect(commands).toEqual([]);
});

test('an answer that is neither is refused, and the token is not repeated', async () => {
  const { press, token } = await started();
  const answer = await press('maybe');

  expect(answer.statusCode).toBe(422);
  expect(answer.body).not.toContain(token);
});

test('while the crisis does not answer nothing can be judged, so nothing is asked', async () => {
  const { get, path, server } = await started();
  server.state = 'silent';

  expect((await get(path)).body).toContain('The crisis does not answer just now');
});

test('to whoever was dismissed from a restricted crisis her link shows none, and approves nothing', async () => {
  const restricted = { codeName: 'calm-ibis', named: ['ben'], dismissed: ['ana'] };
  const { get, press, path, commands } = await started({}, { restricted });
  const page = await get(path);

  expect([page.statusCode, (await press('approve')).statusCode]).toEqual([404, 404]);
  expect(page.body).not.toContain('restart');
  expect(commands).toEqual([]);
});
