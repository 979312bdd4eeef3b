import type { V1Node } from '@kubernetes/client-node';
import type { KubernetesWork } from '../../domain/kubernetes.js';
import { failed, type Verdict } from '../verdict.js';
import { persistently } from './answers.js';
import { loadClient } from './apis.js';
import type { Job } from './job.js';
import { crisisOf, hasBy, isOfCrisis, markNames, markOf, type Mark } from './marks.js';

type Work<Does extends KubernetesWork['does']> = Extract<KubernetesWork, { does: Does }>;

const succeeded = (summary: string): Verdict => ({ status: 'succeeded', summary });

const setUnschedulable = async ({ apis, key }: Job, { metadata }: V1Node, unschedulable: boolean): Promise<void> => {
  const { PatchStrategy, setHeaderOptions } = await loadClient();
  const annotations = { [markNames.cordoned]: unschedulable ? JSON.stringify({ by: key }) : null };
  const body = {
    metadata: { resourceVersion: metadata?.resourceVersion, annotations },
    spec: { unschedulable: unschedulable ? true : null },
  };
  await apis.core.patchNode(
    { name: metadata?.name ?? '', body, fieldManager: 'firebreak' },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );
};

const isCordoned = ({ spec }: V1Node): boolean => spec?.unschedulable === true;
const markOn = ({ metadata }: V1Node): Mark | undefined => markOf(metadata?.annotations, markNames.cordoned, hasBy);
const whose = (mark: Mark | undefined): string => (mark ? `in ${crisisOf(mark.by)}` : 'by somebody else');

export const cordon = (job: Job, { node: name }: Work<'cordon'>): Promise<Verdict> =>
  persistently(job, async () => {
    const node = await job.apis.core.readNode({ name });
    if (isCordoned(node)) return succeeded(`node ${name} is cordoned already, ${whose(markOn(node))}`);
    await setUnschedulable(job, node, true);
    return succeeded(`node ${name} is cordoned: nothing new is placed on it`);
  });

export const uncordon = (job: Job, { node: name, anyway }: Work<'uncordon'>): Promise<Verdict> =>
  persistently(job, async () => {
    const node = await job.apis.core.readNode({ name });
    if (!isCordoned(node)) return succeeded(`node ${name} is not cordoned`);
    const mark = markOn(node);
    if (!anyway && !(mark && isOfCrisis(mark, job.key)))
      return succeeded(`node ${name} was cordoned ${whose(mark)}, and stays so`);
    await setUnschedulable(job, node, false);
    return succeeded(`node ${name} is in use again`);
  });

export const checkCordon = (job: Job, { node: name }: Work<'checkCordon'>): Promise<Verdict> =>
  persistently(job, async () =>
    isCordoned(await job.apis.core.readNode({ name }))
      ? succeeded(`node ${name} is cordoned`)
      : failed(`node ${name} is not cordoned`),
  );
