import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { GitHubAction } from '../../src/domain/action.js';
import { createKinds } from '../../src/runbooks/kinds.js';

/** What GitHub keeps of one repository, as far as these paths of its API tell of it. */
const github = {
  runs: [] as { id: number; status: string; conclusion: string | null; html_url: string; run_attempt: number }[],
  pulls: [] as { number: number; html_url: string; state: string; merged_at: string | null; head: string }[],
  /** So many looks at a run are answered with 502. */
  losing: 0,
  mergeable: true,
  requests: [] as { path: string; body: unknown; token: string | undefined }[],
  /** A run ends after it has been looked at so many times. */
  looksLeft: 2,
  merged: true,
};
const runOf = (id: number, status: string, conclusion: string | null) => ({
  id,
  status,
  conclusion,
  html_url: `https://github.example/acme/shop/actions/runs/${id}`,
  run_attempt: 1,
});

const app = fastify();
app.addHook('preHandler', (request, _reply, done) => {
  github.requests.push({
    path: `${request.method} ${request.url}`,
    body: request.body,
    token: request.headers.authorization,
  });
  done();
});
const root = '/repos/acme/shop';
app.get(`${root}/actions/workflows/:workflow/runs`, () => ({ total_count: 1, workflow_runs: github.runs }));
app.get<{ Params: { id: string } }>(`${root}/actions/runs/:id`, (request, reply) => {
  const run = github.runs.find(({ id }) => id === Number(request.params.id));
  if (!run) return reply.code(404).send({ message: 'Not Found' });
  if (github.losing-- > 0) return reply.code(502).send({ message: 'Bad Gateway' });
  if (run.status !== 'completed' && --github.looksLeft <= 0)
    Object.assign(run, { status: 'completed', conclusion: 'success' });
  return reply.send(run);
});
app.post<{ Params: { id: string } }>(`${root}/actions/runs/:id/rerun-failed-jobs`, (request, reply) => {
  const run = github.runs.find(({ id }) => id === Number(request.params.id));
  // It runs again only a moment later, and says until then how it ended.
  if (run)
    setTimeout(
      () => Object.assign(run, { status: 'in_progress', conclusion: null, run_attempt: run.run_attempt + 1 }),
      50,
    );
  return reply.code(201).send({});
});
app.post(`${root}/actions/workflows/:workflow/dispatches`, (_request, reply) => {
  // Somebody else is as quick.
  github.runs.unshift(runOf(9, 'completed', 'failure'), runOf(8, 'queued', null));
  return reply.code(204).send();
});
app.get(`${root}/pulls/:number`, () => ({
  number: 11,
  node_id: 'PR_11',
  merged: github.merged,
  head: { ref: 'faster-cart' },
}));
app.get<{ Querystring: { head: string } }>(`${root}/pulls`, ({ query }) =>
  github.pulls.filter(({ head }) => `acme:${head}` === query.head),
);
app.put(`${root}/pulls/:number/merge`, (_request, reply) => {
  if (!github.mergeable) return reply.code(405).send({ message: 'Required status check "test" is expected.' });
  for (const pull of github.pulls) Object.assign(pull, { state: 'closed', merged_at: '2026-03-02T03:07:00Z' });
  return reply.send({ merged: true });
});
app.post('/graphql', () => {
  const url = 'https://github.example/acme/shop/pull/12';
  github.pulls.push({ number: 12, html_url: url, state: 'open', merged_at: null, head: 'revert-11-faster-cart' });
  return { data: { revertPullRequest: { revertPullRequest: { number: 12, url } } } };
});

let baseUrl = '';
beforeAll(async () => {
  baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());
beforeEach(() => {
  Object.assign(github, {
    runs: [runOf(7, 'completed', 'failure')],
    requests: [],
    pulls: [],
    looksLeft: 2,
    merged: true,
  });
  Object.assign(github, { losing: 0, mergeable: true });
});

const run = (
  work: object,
  parameters = {},
  environment: Record<string, string> = { SHOP_TOKEN: 'a-token-of-github' },
) =>
  createKinds({ environment }).github.run(
    GitHubAction.parse({
      kind: 'github',
      title: 'test',
      repository: 'acme/shop',
      token: 'SHOP_TOKEN',
      baseUrl,
      everyMs: 20,
      parameters: { pull: { default: '11' } },
      work,
    }),
    parameters,
    { key: 'C-1/run', signal: new AbortController().signal, progress: () => undefined },
  );

test('the failed jobs of the newest run are run again, and waited for', async () => {
  expect(await run({ does: 'rerun', workflow: 'deploy.yml' })).toMatchObject({
    status: 'succeeded',
    summary: 'https://github.example/acme/shop/actions/runs/7 ended with success',
  });
  expect(github.requests.map(({ path }) => path)).toContain(`POST ${root}/actions/runs/7/rerun-failed-jobs`);
  expect(github.requests[0]?.token).toBe('token a-token-of-github');
});

test('a run that went well is left alone, and one that is under way only waited for', async () => {
  github.runs = [runOf(7, 'completed', 'success')];
  expect(await run({ does: 'rerun', workflow: 'deploy.yml' })).toMatchObject({ status: 'succeeded' });
  github.runs = [runOf(7, 'in_progress', null)];
  expect(await run({ does: 'rerun', workflow: 'deploy.yml' })).toMatchObject({ status: 'succeeded' });
  expect(github.requests.filter(({ path }) => path.startsWith('POST'))).toEqual([]);
});

test('a dispatched workflow is found and waited for', async () => {
  expect(await run({ does: 'dispatch', workflow: 'rollback.yml', inputs: { pull: '{{pull}}' } })).toMatchObject({
    status: 'succeeded',
    summary: expect.stringContaining('/runs/8'),
  });
  expect(github.requests.find(({ path }) => path.includes('dispatches'))?.body).toEqual({
    ref: 'main',
    inputs: { pull: '11' },
  });
});

test('a merged pull request is reverted, and the reverting one merged where that is wanted', async () => {
  const work = { does: 'revert', pull: '{{pull}}' };
  expect((await run(work)).summary).toBe(
    'https://github.example/acme/shop/pull/12 reverts #11; it waits for somebody to merge it',
  );
  expect((await run({ ...work, merge: true })).summary).toMatch(/and is merged$/);
  expect((await run({ ...work, merge: true })).summary).toMatch(/and is merged$/);
  expect(github.requests.filter(({ path }) => path.endsWith('/graphql'))).toHaveLength(1);
  github.merged = false;
  expect(await run(work)).toMatchObject({
    status: 'failed',
    summary: '#11 was never merged, so there is nothing to take back',
  });
});

test('a reverting pull request that cannot be merged is named, for a person to see to it', async () => {
  github.mergeable = false;
  expect(await run({ does: 'revert', pull: '11', merge: true })).toMatchObject({
    status: 'failed',
    summary: expect.stringMatching(/pull\/12 reverts #11, but cannot be merged: GitHub answered 405: Required/),
  });
});

test('a run is waited for while GitHub is away for a moment', async () => {
  github.runs = [runOf(7, 'in_progress', null)];
  github.losing = 0;
  const waiting = run({ does: 'rerun', workflow: 'deploy.yml' });
  github.looksLeft = 6;
  setTimeout(() => (github.losing = 2), 30);
  expect(await waiting).toMatchObject({ status: 'succeeded' });
});

test('what is wrong is said, without the token', async () => {
  expect(await run({ does: 'rerun', workflow: 'deploy.yml', run: '404' })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('GitHub answered 404'),
  });
  expect(await run({ does: 'revert', pull: '1' }, {}, {})).toMatchObject({
    status: 'failed',
    summary: 'the environment variable SHOP_TOKEN is not set',
  });
});
