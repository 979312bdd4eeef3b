import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Deployment } from '@kubernetes/client-node';
import { failed, type Verdict } from '../verdict.js';
import { codeOf, wordsOf } from './answers.js';
import type { Job } from './job.js';

/** How far a rollout is, by the rules of `kubectl rollout status`; beside them, what is too many must be gone. */
type Progress = { state: 'done' | 'waiting' | 'stuck'; words: string };

const progressOf = ({ metadata, spec, status }: V1Deployment): Progress => {
  const waiting = (words: string): Progress => ({ state: 'waiting', words });
  const wanted = spec?.replicas ?? 1;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0, observedGeneration = 0 } = status ?? {};
  if ((metadata?.generation ?? 0) > observedGeneration) return waiting('the change is not observed yet');
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return { state: 'stuck', words: progressing.message ?? 'it exceeded its progress deadline' };
  if (updatedReplicas < wanted) return waiting(`${updatedReplicas} of ${wanted} replicas are updated`);
  if (replicas > wanted) return waiting(`${replicas - wanted} replicas wait to be ended`);
  if (replicas > updatedReplicas) return waiting(`${replicas - updatedReplicas} old replicas wait to be ended`);
  if (availableReplicas < wanted) return waiting(`${availableReplicas} of ${wanted} replicas are available`);
  return { state: 'done', words: `${availableReplicas} of ${wanted} replicas are updated and available` };
};

/** An API server that is away for a while ends no waiting; one that refuses does. */
const isAway = (error: unknown): boolean => codeOf(error) === 0 || codeOf(error) === 429 || codeOf(error) >= 500;

/** Looks at a deployment until it is rolled out; only then is what was done to it a success. */
export const waitForRollout = async (job: Job, name: string, done: string): Promise<Verdict> => {
  const { apis, namespace, everyMs, signal, say } = job;
  let last = '';
  for (;;) {
    let progress: Progress;
    try {
      progress = progressOf(await apis.apps.readNamespacedDeployment({ name, namespace }));
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      progress = { state: 'waiting', words: wordsOf(error) };
    }
    const { state, words } = progress;
    if (words !== last) say(`${name}: ${words}`);
    last = words;
    if (state === 'done') return { status: 'succeeded', summary: `${done}; ${words}` };
    if (state === 'stuck') return failed(`${done}, but the rollout is stuck: ${words}`);
    await sleep(everyMs, undefined, { signal });
  }
};
