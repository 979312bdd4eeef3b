import { isDeepStrictEqual } from 'node:util';
import type { V1Deployment } from '@kubernetes/client-node';
import { Refusal, type Job } from './job.js';
import { written } from './selector.js';

/** What pods are made of, as the API server gave it: a client that is older than the server must not lose a field of it. */
export type Template = { metadata?: { labels?: Record<string, string> } & Record<string, unknown> } & Record<
  string,
  unknown
>;

/** One revision of a deployment: the ReplicaSet that holds it. */
export type Revision = {
  name: string;
  revision: number;
  template: Template;
  annotations: Readonly<Record<string, string>>;
};

/** A deployment with its revisions, the oldest first. */
export type History = { deployment: V1Deployment; template: Template; revisions: Revision[] };

const revisionNote = 'deployment.kubernetes.io/revision';

/** Told from the others by a label that the deployment’s controller adds to the template of each. */
const withoutHash = (template: Template): Template => {
  const { ['pod-template-hash']: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
};

type RawList = {
  items: {
    metadata: { name: string; annotations?: Record<string, string>; ownerReferences?: { uid: string }[] };
    spec: { template: Template };
  }[];
};

/** The deployment and the revisions that the cluster still keeps of it. */
export const readHistory = async ({ apis: { apps }, namespace }: Job, name: string): Promise<History> => {
  const read = await apps.readNamespacedDeploymentWithHttpInfo({ name, namespace });
  const { spec } = JSON.parse(await read.body.text()) as { spec: { template: Template } };
  const deployment = read.data;
  const selector = deployment.spec?.selector;
  if (!selector) throw new Refusal(`deployment ${name} has no selector`);
  const list = await apps.listNamespacedReplicaSetWithHttpInfo({ namespace, labelSelector: written(selector) });
  const { items } = JSON.parse(await list.body.text()) as RawList;
  const revisions = items
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === deployment.metadata?.uid))
    .map(({ metadata: { name: set, annotations = {} }, spec: { template } }) => ({
      name: set,
      revision: Number(annotations[revisionNote] ?? 0),
      template: withoutHash(template),
      annotations,
    }))
    .sort((one, other) => one.revision - other.revision);
  return { deployment, template: withoutHash(spec.template), revisions };
};

export const isAt = ({ template }: History, revision: Revision | undefined): boolean =>
  revision !== undefined && isDeepStrictEqual(template, revision.template);
