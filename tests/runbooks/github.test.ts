import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { GitHubAction } from '../../src/domain/action.js';
import { createKinds } from '../../src/runbooks/kinds.js';

/** What GitHub keeps of one repository, as far as these paths of its API tell of it. */
const github = {
  runs: [] as { id: number; status: string; conclusion: string | null; html_url: string }[],
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
app.get(`${root}/actions/workflows/:workflow/runs`, () => ({ total_count: 1, workflow_runs: github.runs.slice(0, 1) }));
app.get<{ Params: { id: string } }>(`${root}/actions/runs/:id`, (request, reply) => {
  const run = github.runs.find(({ id }) => id === Number(request.params.id));
  if (!run) return reply.code(404).send({ message: 'Not Found' });
  if (run.status !== 'completed' && --github.looksLeft <= 0)
    Object.assign(run, { status: 'completed', conclusion: 'success' });
  return reply.send(run);
});
app.post<{ Params: { id: string } }>(`${root}/actions/runs/:id/rerun-failed-jobs`, (request, reply) => {
  const run = github.runs.find(({ id }) => id === Number(request.params.id));
  if (run) Object.assign(run, { status: 'in_progress', conclusion: null });
  return reply.code(201).send({});
});
app.post(`${root}/actions/workflows/:workflow/dispatches`, (_request, reply) => {
  github.runs.unshift(runOf(8, 'queued', null));
  return reply.code(204).send();
});
app.get(`${root}/pulls/:number`, () => ({ number: 11, node_id: 'PR_11', merged: github.merged }));
app.put(`${root}/pulls/:number/merge`, () => ({ merged: true }));
app.post('/graphql', () => ({
  data: { revertPullRequest: { revertPullRequest: { number: 12, url: 'https://github.example/acme/shop/pull/12' } } },
}));

let baseUrl = '';
beforeAll(async () => {
  baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());
beforeEach(() => {
  Object.assign(github, { runs: [runOf(7, 'completed', 'failure')], requests: [], looksLeft: 2, merged: true });
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
  github.merged = false;
  expect(await run(work)).toMatchObject({
    status: 'failed',
    summary: '#11 was never merged, so there is nothing to take back',
  });
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
