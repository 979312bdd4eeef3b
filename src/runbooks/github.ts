import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'node:util';
import { Octokit } from '@octokit/rest';
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

/** Looks at a run until it is over; only one that went well is a success. */
const waitForRun = async ({ github, repository, everyMs, signal, say }: Job, id: number): Promise<Verdict> => {
  for (;;) {
    const { data } = await github.actions.getWorkflowRun({ ...repository, run_id: id, request: { signal } });
    const run: Run = data;
    say(`${run.html_url} is ${run.status ?? 'unknown'}`);
    if (run.status === 'completed') {
      const summary = `${run.html_url} ended with ${run.conclusion ?? 'no conclusion'}`;
      return { status: run.conclusion === 'success' ? 'succeeded' : 'failed', summary };
    }
    await sleep(everyMs, undefined, { signal });
  }
};

type Work<Does extends GitHubWork['does']> = Extract<GitHubWork, { does: Does }>;

const newestRun = async ({ github, repository, signal }: Job, workflow: string, branch: string) => {
  const { data } = await github.actions.listWorkflowRuns({
    ...repository,
    workflow_id: workflow,
    branch,
    per_page: 1,
    request: { signal },
  });
  return data.workflow_runs[0]?.id;
};

const rerun = async (job: Job, { workflow, branch, run }: Work<'rerun'>): Promise<Verdict> => {
  const { github, repository, signal } = job;
  const id = run === undefined ? await newestRun(job, workflow, branch) : Number(run);
  if (id === undefined || !Number.isInteger(id)) return failed(`there is no run of ${workflow} on ${branch}`);
  const { data } = await github.actions.getWorkflowRun({ ...repository, run_id: id, request: { signal } });
  // Under way already, as when it was started by an earlier attempt.
  if (data.status === 'completed') {
    if (data.conclusion === 'success')
      return { status: 'succeeded', summary: `${data.html_url} has no failed job to run again` };
    await github.actions.reRunWorkflowFailedJobs({ ...repository, run_id: id, request: { signal } });
    // It takes a moment until the run says that it runs.
    await sleep(job.everyMs, undefined, { signal });
  }
  return waitForRun(job, id);
};

/** GitHub does not say which run a dispatch has made: it is the first one on that branch that was not there before. */
const dispatch = async (job: Job, { workflow, branch, inputs }: Work<'dispatch'>): Promise<Verdict> => {
  const { github, repository, everyMs, signal, say } = job;
  const before = await newestRun(job, workflow, branch);
  await github.actions.createWorkflowDispatch({
    ...repository,
    workflow_id: workflow,
    ref: branch,
    inputs,
    request: { signal },
  });
  say(`${workflow} was dispatched on ${branch}`);
  for (;;) {
    const id = await newestRun(job, workflow, branch);
    if (id !== undefined && id !== before) return waitForRun(job, id);
    await sleep(everyMs, undefined, { signal });
  }
};

type Reverted = { revertPullRequest: { revertPullRequest: { number: number; url: string } } };

const revertMutation = `mutation ($id: ID!, $body: String!) {
  revertPullRequest(input: { pullRequestId: $id, body: $body }) { revertPullRequest { number url } }
}`;

const revert = async (job: Job, { pull, merge }: Work<'revert'>): Promise<Verdict> => {
  const { github, repository, signal, say } = job;
  const number = Number(pull);
  if (!Number.isInteger(number)) return failed(`"${pull}" is not the number of a pull request`);
  const { data } = await github.pulls.get({ ...repository, pull_number: number, request: { signal } });
  if (!data.merged) return failed(`#${number} was never merged, so there is nothing to take back`);
  const { revertPullRequest: answer } = await github.graphql<Reverted>(revertMutation, {
    id: data.node_id,
    body: 'Reverted in a crisis by Firebreak.',
    request: { signal },
  });
  const { number: reverting, url } = answer.revertPullRequest;
  say(`${url} reverts #${number}`);
  if (!merge) return { status: 'succeeded', summary: `${url} reverts #${number}; it waits for somebody to merge it` };
  await github.pulls.merge({ ...repository, pull_number: reverting, request: { signal } });
  return { status: 'succeeded', summary: `${url} reverts #${number}, and is merged` };
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
const verdictOn = (error: unknown): Verdict => {
  const summary = types.isNativeError(error) ? error.message : String(error);
  const status = types.isNativeError(error) && 'status' in error ? Number(error.status) : 0;
  return status >= 400 && status < 500
    ? failed(`GitHub answered ${status}: ${summary}`)
    : { status: 'uncertain', summary };
};

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
      const github = new Octokit({ auth: token, baseUrl, userAgent: 'firebreak', log: silent });
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
