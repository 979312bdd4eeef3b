import type { Action } from '../../../src/domain/action.js';
import type { Cluster } from '../../../src/domain/kubernetes.js';
import type { Settings } from '../../../src/domain/settings.js';
import { accessTo } from '../../../src/runbooks/kubernetes/kubeconfig.js';
import { ok, warn, type Finding } from './finding.js';

type Variables = Readonly<Record<string, string | undefined>>;

const variableOf = (action: Action): string | undefined => {
  if (action.kind === 'github') return action.token;
  return action.kind === 'temporal' ? action.apiKey : undefined;
};

/** Different actions on one cluster are one finding. */
const clustersOf = ({ actions }: Settings): Cluster[] => {
  const clusters = Object.values(actions).flatMap((action) => (action.kind === 'kubernetes' ? [action.cluster] : []));
  return [...new Map(clusters.map((cluster) => [`${cluster.kubeconfig}\n${cluster.context}`, cluster])).values()];
};

const examineCluster = async (cluster: Cluster): Promise<Finding> => {
  try {
    const { server } = await accessTo(cluster);
    return ok('cluster', `actions work on ${server}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return warn('cluster', why, 'mend it where the workers run: an action on this cluster fails there');
  }
};

/** What actions need of the machine that runs them: variables with tokens, and clusters that can be spoken to. */
export const examineActions = async (settings: Settings, env: Variables): Promise<Finding[]> => {
  const missing = Object.entries(settings.actions).flatMap(([id, action]) => {
    const variable = variableOf(action);
    return variable === undefined || env[variable]
      ? []
      : [
          warn(
            'actions',
            `"${id}" wants the environment variable ${variable}, which is not set here`,
            'set it for the workers',
          ),
        ];
  });
  return [...missing, ...(await Promise.all(clustersOf(settings).map(examineCluster)))];
};
