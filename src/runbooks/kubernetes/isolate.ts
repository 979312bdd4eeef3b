import { isDeepStrictEqual } from 'node:util';
import type { V1LabelSelector, V1NetworkPolicy, V1Pod } from '@kubernetes/client-node';
import type { KubernetesWork } from '../../domain/kubernetes.js';
import { failed, type Verdict } from '../verdict.js';
import { codeOf, persistently } from './answers.js';
import { Refusal, type Job } from './job.js';
import { crisisOf, hasBy, isOfCrisis, markNames, markOf, type Mark } from './marks.js';
import { matches, written } from './selector.js';

type Work = Extract<KubernetesWork, { does: 'isolate' | 'release' | 'checkIsolation' }>;

/** Which pods are meant, and what the policy that cuts them off is called. */
type Target = { policy: string; selector: V1LabelSelector; title: string };

/** As many pods as are looked at; whether the policy holds for one more is decided by the same labels. */
const mostPods = 500;

const longestName = 200;

const targetOf = async ({ apis, namespace }: Job, { deployment, labels }: Work): Promise<Target> => {
  const given = Object.entries(labels ?? {});
  if (deployment === undefined) {
    const words = given.map(([key, value]) => `${key}-${value}`).join('-');
    const policy = `firebreak-isolate-${words}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
    const title = `pods with ${given.map((pair) => pair.join('=')).join(',')}`;
    return { policy: policy.slice(0, longestName).replace(/-+$/, ''), selector: { matchLabels: labels ?? {} }, title };
  }
  const found = await apis.apps.readNamespacedDeployment({ name: deployment, namespace });
  const selector = found.spec?.selector;
  if (!selector) throw new Refusal(`deployment ${deployment} has no selector`);
  return { policy: `firebreak-isolate-${deployment}`, selector, title: deployment };
};

/** Both directions named, and no rule for either: everything is denied. */
const specFor = (podSelector: V1LabelSelector): NonNullable<V1NetworkPolicy['spec']> => ({
  podSelector,
  policyTypes: ['Ingress', 'Egress'],
});

const markOn = ({ metadata }: V1NetworkPolicy): Mark | undefined =>
  markOf(metadata?.annotations, markNames.isolated, hasBy);

const deniesAll = ({ spec }: V1NetworkPolicy, selector: V1LabelSelector): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(spec?.podSelector ?? {})), JSON.parse(JSON.stringify(selector))) &&
  ['Ingress', 'Egress'].every((type) => spec?.policyTypes?.includes(type)) &&
  (spec?.ingress ?? []).length + (spec?.egress ?? []).length === 0;

const findPolicy = async ({ apis, namespace }: Job, name: string): Promise<V1NetworkPolicy | undefined> => {
  try {
    return await apis.networking.readNamespacedNetworkPolicy({ name, namespace });
  } catch (error) {
    if (codeOf(error) === 404) return undefined;
    throw error;
  }
};

const putPolicy = async (job: Job, { policy: name, selector }: Target): Promise<void> => {
  const { apis, namespace, key } = job;
  const found = await findPolicy(job, name);
  if (found && deniesAll(found, selector)) return;
  const body: V1NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'firebreak' },
      annotations: { [markNames.isolated]: JSON.stringify({ by: key }) },
    },
    spec: specFor(selector),
  };
  if (!found) {
    await apis.networking.createNamespacedNetworkPolicy({ namespace, body });
    return;
  }
  if (!markOn(found)) throw new Refusal(`there is a NetworkPolicy ${name} that is not Firebreak’s`);
  const resourceVersion = found.metadata?.resourceVersion;
  const metadata = { ...body.metadata, ...(resourceVersion !== undefined && { resourceVersion }) };
  await apis.networking.replaceNamespacedNetworkPolicy({ name, namespace, body: { ...body, metadata } });
};

const allows = ({ spec }: V1NetworkPolicy): boolean => (spec?.ingress ?? []).length + (spec?.egress ?? []).length > 0;

/** What still lets traffic through: policies add up, so that another one’s permission beats our denial. */
const leaks = async ({ apis, namespace }: Job, target: Target, pods: readonly V1Pod[]): Promise<string[]> => {
  const { items: policies } = await apis.networking.listNamespacedNetworkPolicy({ namespace });
  const open = policies.filter(
    (policy) =>
      policy.metadata?.name !== target.policy &&
      allows(policy) &&
      pods.some(({ metadata }) => matches(policy.spec?.podSelector ?? {}, metadata?.labels ?? {})),
  );
  const onHost = pods.filter(({ spec }) => spec?.hostNetwork).map(({ metadata }) => metadata?.name ?? '?');
  return [
    ...open.map(({ metadata }) => `NetworkPolicy ${metadata?.name ?? '?'} still allows some of it`),
    ...onHost.map((name) => `pod ${name} is on the network of its host, which no policy cuts`),
  ];
};

const verdictOn = async (job: Job, target: Target, said: string): Promise<Verdict> => {
  const { items: pods } = await job.apis.core.listNamespacedPod({
    namespace: job.namespace,
    labelSelector: written(target.selector),
    limit: mostPods,
  });
  const faults = await leaks(job, target, pods);
  const count = `${pods.length} ${pods.length === 1 ? 'pod' : 'pods'}`;
  if (faults.length > 0) return failed(`${said}, but ${faults.slice(0, 5).join('; ')}`);
  return { status: 'succeeded', summary: `${said}: ${count}, nothing in and nothing out` };
};

export const isolate = (job: Job, work: Work): Promise<Verdict> =>
  persistently(job, async () => {
    const target = await targetOf(job, work);
    await putPolicy(job, target);
    job.say(`NetworkPolicy ${target.policy} is in place`);
    return verdictOn(job, target, `${target.title} is isolated by NetworkPolicy ${target.policy}`);
  });

export const checkIsolation = (job: Job, work: Work): Promise<Verdict> =>
  persistently(job, async () => {
    const target = await targetOf(job, work);
    const found = await findPolicy(job, target.policy);
    if (!found || !deniesAll(found, target.selector)) return failed(`${target.title} is not isolated`);
    return verdictOn(job, target, `${target.title} is isolated`);
  });

export const release = (job: Job, work: Extract<Work, { does: 'release' }>): Promise<Verdict> =>
  persistently(job, async () => {
    const { policy: name, title } = await targetOf(job, work);
    const found = await findPolicy(job, name);
    if (!found) return { status: 'succeeded', summary: `${title} is not isolated` };
    const mark = markOn(found);
    if (!mark) throw new Refusal(`NetworkPolicy ${name} is not Firebreak’s`);
    if (!work.anyway && !isOfCrisis(mark, job.key))
      return { status: 'succeeded', summary: `${title} was isolated in ${crisisOf(mark.by)}, and stays so` };
    const uid = found.metadata?.uid;
    await job.apis.networking.deleteNamespacedNetworkPolicy({
      name,
      namespace: job.namespace,
      body: uid === undefined ? {} : { preconditions: { uid } },
    });
    return { status: 'succeeded', summary: `${title} is released: NetworkPolicy ${name} is gone` };
  });
