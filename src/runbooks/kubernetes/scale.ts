import type { V1Deployment } from '@kubernetes/client-node';
import type { KubernetesWork } from '../../domain/kubernetes.js';
import type { Verdict } from '../verdict.js';
import { persistently } from './answers.js';
import { loadClient } from './apis.js';
import { Refusal, type Job } from './job.js';
import { crisisOf, hasBy, isOfCrisis, markNames, markOf, type Mark } from './marks.js';
import { waitForRollout } from './rollout.js';

type Work<Does extends KubernetesWork['does']> = Extract<KubernetesWork, { does: Does }>;

/** How many there were before the first scaling of a crisis, which is what taking it back means, and after the last. */
type Scaled = Mark & { from: number; to: number };

const isScaled = (mark: Record<string, unknown>): mark is Scaled =>
  hasBy(mark) && ['from', 'to'].every((field) => typeof (mark as Record<string, unknown>)[field] === 'number');

const markOn = ({ metadata }: V1Deployment): Scaled | undefined =>
  markOf(metadata?.annotations, markNames.scaled, isScaled);

const setReplicas = async (
  { apis, namespace }: Job,
  { metadata }: V1Deployment,
  replicas: number,
  mark: Scaled | undefined,
): Promise<void> => {
  const { PatchStrategy, setHeaderOptions } = await loadClient();
  const annotations = { [markNames.scaled]: mark ? JSON.stringify(mark) : null };
  const body = { metadata: { resourceVersion: metadata?.resourceVersion, annotations }, spec: { replicas } };
  await apis.apps.patchNamespacedDeployment(
    { name: metadata?.name ?? '', namespace, body, fieldManager: 'firebreak' },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );
};

/** More than any deployment of anybody’s: a slip of the finger is asked for once more. */
const mostReplicas = 10_000;

const numberOf = (replicas: number | string): number => {
  const number = Number(replicas);
  if (Number.isInteger(number) && number >= 0 && number <= mostReplicas && String(replicas).trim() !== '')
    return number;
  throw new Refusal(`replicas: expected a whole number up to ${mostReplicas}; got "${replicas}"`);
};

export const scale = async (job: Job, { deployment: name, replicas }: Work<'scale'>): Promise<Verdict> => {
  const wanted = numberOf(replicas);
  const done = await persistently(job, async () => {
    const found = await job.apis.apps.readNamespacedDeployment({ name, namespace: job.namespace });
    const before = found.spec?.replicas ?? 1;
    if (before === wanted) return `${name} has ${wanted} replicas already`;
    const mark = markOn(found);
    const goesOn = mark?.to === before && isOfCrisis(mark, job.key);
    await setReplicas(job, found, wanted, { by: job.key, from: goesOn ? mark.from : before, to: wanted });
    return `${name} is scaled from ${before} to ${wanted} replicas`;
  });
  job.say(done);
  return waitForRollout(job, name, done);
};

export const scaleBack = async (job: Job, { deployment: name, anyway }: Work<'scaleBack'>): Promise<Verdict> => {
  const done = await persistently(job, async () => {
    const found = await job.apis.apps.readNamespacedDeployment({ name, namespace: job.namespace });
    const mark = markOn(found);
    if (!mark) return `${name} was not scaled, or is scaled back`;
    if (!anyway && !isOfCrisis(mark, job.key)) return `${name} was scaled in ${crisisOf(mark.by)}, and stays so`;
    const now = found.spec?.replicas ?? 1;
    if (now !== mark.to) throw new Refusal(`${name} has ${now} replicas by now, which somebody else has set`);
    await setReplicas(job, found, mark.from, undefined);
    return `${name} is scaled back to ${mark.from} replicas`;
  });
  job.say(done);
  return waitForRollout(job, name, done);
};
