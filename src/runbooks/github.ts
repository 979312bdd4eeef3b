import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'node:util';
import type { Octokit } from '@octokit/rest';
import type { GitHubAction, GitHubWork } from '../domain/action.js';
import { spoken } from '../domain/duration.js';
import { checkParameters, secretValues } from '../domain/parameters.js';
import { fillAll, placeholderFaults } from '../domain/placeholders.js';
import type { ActionKind } from './kind.js';
import { createOutput } from './output.js';
import { failed, type Verdict } from './verdict.js';

type Environment = Readonly<Record<string, string | undefined>>;

type Job = {
  github: Octokit;
  repository: { owner: string; repo: string };
  everyMs: number;
  signal: AbortSignal;
  say: (line: string) => void;
};

type Run = { id: number; status: string | null; conclusion: string | null; html_url: string; run_attempt?: number };

/** Nought when GitHub has not answered at all. */
const statusOf = (error: unknown): number =>
  types.isNativeError(error) && 'status' in error && typeof error.status === 'number' ? error.status : 0;

const wordsOf = (error: unknown): string => {
  const words = types.isNativeError(error) ? error.message : String(error);
  return statusOf(error) >= 400 ? `GitHub answered ${statusOf(error)}: ${words}` : words;
};

/** GitHub itself is away or busy, which says nothing of what is waited for. */
const isAway = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === 0 || status === 429 || status >= 500;
};

/** Looks at a run until it is over, in the attempt that is waited for; only one that went well is a success. */
const waitForRun = async (job: Job, id: number, attempt = 1): Promise<Verdict> => {
  const { github, repository, everyMs, signal, say } = job;
  for (;;) {
    try {
      const { data } = await github.actions.getWorkflowRun({ ...repository, run_id: id, request: { signal } });
      const run: Run = data;
      say(`${run.html_url} is ${run.status ?? 'unknown'}`);
      // A run that was asked to run again says for a moment how it ended before.
      if (run.status === 'completed' && (run.run_attempt ?? attempt) >= attempt) {
        const summary = `${run.html_url} ended with ${run.conclusion ?? 'no conclusion'}`;
        return { status: run.conclusion === 'success' ? 'succeeded' : 'failed', summary };
      }
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      say(`GitHub does not answer: ${wordsOf(error)}`);
    }
    await sleep(everyMs, undefined, { signal });
  }
};

type Work<Does extends GitHubWork['does']> = Extract<GitHubWork, { does: Does }>;

/** The newest runs of a workflow on a branch, the newest first. */
const newestRuns = async ({ github, repository, signal }: Job, workflow: string, branch: string, event?: string) => {
  const { data } = await github.actions.listWorkflowRuns({
    ...repository,
    workflow_id: workflow,
    branch,
    ...(event !== undefined && { event }),
    per_page: 30,
    request: { signal },
  });
  return data.workflow_runs.map(({ id }) => id);
};

const rerun = async (job: Job, { workflow, branch, run }: Work<'rerun'>): Promise<Verdict> => {
  const { github, repository, signal } = job;
  const id = run === undefined ? (await newestRuns(job, workflow, branch))[0] : Number(run);
  if (id === undefined || !Number.isInteger(id)) return failed(`there is no run of ${workflow} on ${branch}`);
  const { data } = await github.actions.getWorkflowRun({ ...repository, run_id: id, request: { signal } });
  const attempt = data.run_attempt ?? 1;
  // Under way already, as when it was started by an earlier attempt.
  if (data.status !== 'completed') return waitForRun(job, id, attempt);
  if (data.conclusion === 'success')
    return { status: 'succeeded', summary: `${data.html_url} has no failed job to run again` };
  await github.actions.reRunWorkflowFailedJobs({ ...repository, run_id: id, request: { signal } });
  return waitForRun(job, id, attempt + 1);
};

/**
 * GitHub does not say which run a dispatch has made: it is the first dispatched one on that branch that was not there
 * before, and not the newest, since somebody else may dispatch it too.
 */
const dispatch = async (job: Job, { workflow, branch, inputs }: Work<'dispatch'>): Promise<Verdict> => {
  const { github, repository, everyMs, signal, say } = job;
  const dispatched = () => newestRuns(job, workflow, branch, 'workflow_dispatch');
  const before = new Set(await dispatched());
  await github.actions.createWorkflowDispatch({
    ...repository,
    workflow_id: workflow,
    ref: branch,
    inputs,
    request: { signal },
  });
  say(`${workflow} was dispatched on ${branch}`);
  for (;;) {
    const id = (await dispatched()).findLast((one) => !before.has(one));
    if (id !== undefined) return waitForRun(job, id);
    await sleep(everyMs, undefined, { signal });
  }
};

type Reverted = { revertPullRequest: { revertPullRequest: { number: number; url: string } } };

const revertMutation = `mutation ($id: ID!, $body: String!) {
  revertPullRequest(input: { pullRequestId: $id, body: $body }) { revertPullRequest { number url } }
}`;

type Pull = { number: number; html_url: string; merged_at: string | null };

/** What an earlier attempt, or a person by GitHub’s button, has opened to take it back and not given up. */
const findReverting = async ({ github, repository, signal }: Job, branch: string): Promise<Pull | undefined> => {
  const head = `${repository.owner}:${branch}`;
  const { data } = await github.pulls.list({ ...repository, head, state: 'all', per_page: 10, request: { signal } });
  const pulls: (Pull & { state: string })[] = data;
  return pulls.find(({ merged_at, state }) => merged_at !== null || state === 'open');
};

const openReverting = async ({ github, signal }: Job, nodeId: string): Promise<Pull> => {
  const { revertPullRequest: answer } = await github.graphql<Reverted>(revertMutation, {
    id: nodeId,
    body: 'Reverted in a crisis by Firebreak.',
    request: { signal },
  });
  const { number, url } = answer.revertPullRequest;
  return { number, html_url: url, merged_at: null };
};

const revert = async (job: Job, { pull, merge }: Work<'revert'>): Promise<Verdict> => {
  const { github, repository, signal, say } = job;
  const number = Number(pull);
  if (!Number.isInteger(number)) return failed(`"${pull}" is not the number of a pull request`);
  const { data } = await github.pulls.get({ ...repository, pull_number: number, request: { signal } });
  if (!data.merged) return failed(`#${number} was never merged, so there is nothing to take back`);
  const reverting =
    (await findReverting(job, `revert-${number}-${data.head.ref}`)) ?? (await openReverting(job, data.node_id));
  const said = `${reverting.html_url} reverts #${number}`;
  say(said);
  const merged: Verdict = { status: 'succeeded', summary: `${said}, and is merged` };
  if (reverting.merged_at !== null) return merged;
  if (!merge) return { status: 'succeeded', summary: `${said}; it waits for somebody to merge it` };
  try {
    await github.pulls.merge({ ...repository, pull_number: reverting.number, request: { signal } });
  } catch (error) {
    if (signal.aborted || isAway(error)) throw error;
    return failed(`${said}, but cannot be merged: ${wordsOf(error)}`);
  }
  return merged;
};

const doWork = (job: Job, work: GitHubWork): Promise<Verdict> => {
  switch (work.does) {
    case 'rerun':
      return rerun(job, work);
    case 'dispatch':
      return dispatch(job, work);
    case 'revert':
      return revert(job, work);
  }
};

/** An answer of 4xx did nothing; whatever else went wrong may have. */
const verdictOn = (error: unknown): Verdict =>
  isAway(error) ? { status: 'uncertain', summary: wordsOf(error) } : failed(wordsOf(error));

/** Works on a repository at GitHub, and waits for the runs that it starts. */
export const createGitHubKind = (environment: Environment, now: () => number): ActionKind<'github'> => ({
  kind: 'github',
  async run(action: GitHubAction, parameters, { signal, progress }) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const token = environment[action.token];
    const output = createOutput([...secretValues(action.parameters, values), ...(token ? [token] : [])]);
    const say = (line: string): void => {
      output.take(Buffer.from(`${line}\n`));
      progress(line);
    };
    const decide = async (): Promise<Verdict> => {
      if ('fault' in checked) return failed(checked.fault);
      const [fault] = placeholderFaults(action);
      if (fault !== undefined) return failed(fault);
      if (!token) return failed(`the environment variable ${action.token} is not set`);
      if (signal.aborted) return failed('called off before it began');
      const { baseUrl, everyMs, timeoutMs, repository, work } = action;
      const [owner = '', repo = ''] = repository.split('/');
      const limit = AbortSignal.timeout(timeoutMs);
      const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
      // Only where it is needed: a worker starts sooner without.
      const library = await import('@octokit/rest');
      const github = new library.Octokit({ auth: token, baseUrl, userAgent: 'firebreak', log: silent });
      const job: Job = { github, repository: { owner, repo }, everyMs, say, signal: AbortSignal.any([signal, limit]) };
      try {
        return await doWork(job, fillAll(work, values));
      } catch (error) {
        if (job.signal.aborted && !limit.aborted) return { status: 'uncertain', summary: 'called off while it ran' };
        if (limit.aborted)
          return { status: 'uncertain', summary: `stopped after its time limit of ${spoken(timeoutMs)}` };
        return verdictOn(error);
      }
    };
    const verdict = await decide();
    return { ...verdict, output: output.text(), startedAt, endedAt: now() };
  },
});
