import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
  type V1DeploymentStatus,
  type V1ReplicaSet,
} from '@kubernetes/client-node';
import type { TestCluster } from './cluster.js';

const namespace = 'shop';
const revisionNote = 'deployment.kubernetes.io/revision';
const merge = () => setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

const templateOf = ({ spec }: V1Deployment | V1ReplicaSet) => {
  const plain = JSON.parse(JSON.stringify(spec?.template ?? {})) as { metadata?: { labels?: Record<string, string> } };
  delete plain.metadata?.labels?.['pod-template-hash'];
  return plain;
};

/**
 * Plays the controller that a whole cluster has beside its API server: keeps a ReplicaSet for each revision and says how
 * the rollout goes. What becomes of the pods is told to it by `pods`: ready at once, never ready, or given up.
 */
export const createController = ({ apps }: TestCluster) => {
  const control = { pods: 'ready' as 'ready' | 'never' | 'given up' };

  const setsOf = async (deployment: V1Deployment) => {
    const { items } = await apps.listNamespacedReplicaSet({ namespace });
    return items.filter(({ metadata }) => metadata?.ownerReferences?.[0]?.uid === deployment.metadata?.uid);
  };

  const makeSet = async (deployment: V1Deployment, revision: string): Promise<void> => {
    const template = templateOf(deployment);
    const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
    const labels = { ...template.metadata?.labels, 'pod-template-hash': hash };
    const { name = '', uid = '', annotations = {} } = deployment.metadata ?? {};
    await apps.createNamespacedReplicaSet({
      namespace,
      body: {
        metadata: {
          name: `${name}-${hash}`,
          labels,
          annotations: { ...annotations, [revisionNote]: revision },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true }],
        },
        spec: {
          replicas: deployment.spec?.replicas ?? 1,
          selector: { matchLabels: labels },
          template: { ...template, metadata: { ...template.metadata, labels } },
        },
      },
    });
  };

  const keepRevision = async (deployment: V1Deployment): Promise<string> => {
    const sets = await setsOf(deployment);
    const revisionOf = ({ metadata }: V1ReplicaSet): number => Number(metadata?.annotations?.[revisionNote] ?? 0);
    const newest = Math.max(0, ...sets.map(revisionOf));
    const own = sets.find((set) => isDeepStrictEqual(templateOf(set), templateOf(deployment)));
    if (own && revisionOf(own) === newest) return String(newest);
    const next = String(newest + 1);
    if (!own) await makeSet(deployment, next);
    else {
      const body = { metadata: { annotations: { [revisionNote]: next } } };
      await apps.patchNamespacedReplicaSet({ name: own.metadata?.name ?? '', namespace, body }, merge());
    }
    return next;
  };

  const statusOf = ({ metadata, spec }: V1Deployment): V1DeploymentStatus => {
    const replicas = spec?.replicas ?? 1;
    const ready = control.pods === 'ready' ? replicas : 0;
    const gaveUp = control.pods === 'given up';
    return {
      ...(metadata?.generation !== undefined && { observedGeneration: metadata.generation }),
      replicas,
      updatedReplicas: replicas,
      availableReplicas: ready,
      readyReplicas: ready,
      unavailableReplicas: replicas - ready,
      conditions: [
        {
          type: 'Progressing',
          status: gaveUp ? 'False' : 'True',
          reason: gaveUp ? 'ProgressDeadlineExceeded' : 'NewReplicaSetAvailable',
          message: gaveUp ? 'ReplicaSet has timed out progressing.' : 'ReplicaSet is progressing.',
        },
      ],
    };
  };

  /** What the controller does once it has seen a deployment. */
  const see = async (name: string): Promise<void> => {
    const deployment = await apps.readNamespacedDeployment({ name, namespace });
    const revision = await keepRevision(deployment);
    const body = { metadata: { annotations: { [revisionNote]: revision } } };
    await apps.patchNamespacedDeployment({ name, namespace, body }, merge());
    await apps.patchNamespacedDeploymentStatus({ name, namespace, body: { status: statusOf(deployment) } }, merge());
  };

  return { control, see };
};
