import { z } from 'zod';

const Text = z.string().min(1);

const parameterOr = (what: string): RegExp => new RegExp(`^(${what}|\\{\\{\\s*[\\w.-]+\\s*\\}\\})$`);

/** The pods of a deployment, or those that bear these labels; one of both. */
const pods = { deployment: Text.optional(), labels: z.record(Text, z.string()).optional() };

/** Taking back: also what another crisis has done, and of a node what somebody else has. */
const anyway = z.boolean().default(false);

/** What can be done in a cluster. `{{name}}` stands for a parameter in every text of it. */
export const KubernetesWork = z.discriminatedUnion('does', [
  /** As `kubectl rollout undo` does it, and then waits for the rollout. A second run does not go back a second time. */
  z.strictObject({
    does: z.literal('rollBack'),
    deployment: Text,
    /** The number of a revision; the one before the present one unless given. */
    toRevision: z.string().regex(parameterOr('[1-9]\\d*'), 'expected the number of a revision').optional(),
  }),
  /** Takes a `rollBack` of this crisis back. */
  z.strictObject({ does: z.literal('rollForward'), deployment: Text, anyway }),
  z.strictObject({
    does: z.literal('scale'),
    deployment: Text,
    replicas: z.union([z.number().int().min(0), z.string().regex(parameterOr('\\d+'), 'expected a number')]),
  }),
  /** Takes the `scale`s of this crisis back: as many as there were before the first of them. */
  z.strictObject({ does: z.literal('scaleBack'), deployment: Text, anyway }),
  /** Nothing new is placed on the node; what runs there goes on. */
  z.strictObject({ does: z.literal('cordon'), node: Text }),
  /** Takes a `cordon` of this crisis back. */
  z.strictObject({ does: z.literal('uncordon'), node: Text, anyway }),
  /** Denies the pods all traffic, in and out, by a NetworkPolicy. */
  z.strictObject({ does: z.literal('isolate'), ...pods }),
  /** Takes an `isolate` of this crisis back. */
  z.strictObject({ does: z.literal('release'), ...pods, anyway }),
  /** Waits until the deployment is rolled out, as `kubectl rollout status` does it. Changes nothing. */
  z.strictObject({ does: z.literal('checkRollout'), deployment: Text }),
  z.strictObject({ does: z.literal('checkCordon'), node: Text }),
  z.strictObject({ does: z.literal('checkIsolation'), ...pods }),
]);
export type KubernetesWork = z.infer<typeof KubernetesWork>;

/** Which cluster, and as whom. */
export const Cluster = z.strictObject({
  /** The path of a kubeconfig; the service account of the worker’s own pod unless given. */
  kubeconfig: Text.optional(),
  /** One of its contexts; its current one unless given. */
  context: Text.optional(),
});
export type Cluster = z.infer<typeof Cluster>;

/** What is wrong with work whose every field is right by itself, in words. */
export const workFaults = (work: KubernetesWork): string[] => {
  if (work.does !== 'isolate' && work.does !== 'release' && work.does !== 'checkIsolation') return [];
  const byLabels = Object.keys(work.labels ?? {}).length > 0;
  return (work.deployment !== undefined) === byLabels ? ['expected either a deployment or labels of its pods'] : [];
};
