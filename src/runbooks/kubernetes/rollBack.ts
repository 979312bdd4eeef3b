import type { KubernetesWork } from '../../domain/kubernetes.js';
import type { Verdict } from '../verdict.js';
import { persistently } from './answers.js';
import { loadClient } from './apis.js';
import { isAt, readHistory, type History, type Revision } from './history.js';
import { Refusal, type Job } from './job.js';
import { crisisOf, hasBy, isOfCrisis, isOurs, markNames, markOf, type Mark } from './marks.js';
import { waitForRollout } from './rollout.js';

type Work<Does extends KubernetesWork['does']> = Extract<KubernetesWork, { does: Does }>;

/** Which ReplicaSet was left for which, by which run. */
type RolledBack = Mark & { from: string; to: string };

const isRolledBack = (mark: Record<string, unknown>): mark is RolledBack =>
  hasBy(mark) && ['from', 'to'].every((field) => typeof (mark as Record<string, unknown>)[field] === 'string');

const markOn = ({ deployment }: History): RolledBack | undefined =>
  markOf(deployment.metadata?.annotations, markNames.rolledBack, isRolledBack);

/** These say something of the deployment and not of the revision, and stay as they are; the list is kubectl’s. */
const stays = (name: string): boolean =>
  isOurs(name) ||
  name.startsWith('deployment.kubernetes.io/') ||
  ['kubectl.kubernetes.io/last-applied-configuration', 'deprecated.deployment.rollback.to'].includes(name);

/** Puts the deployment where a revision is, and notes why; refused with 409 when somebody has written in between. */
const goTo = async ({ apis, namespace }: Job, { deployment }: History, to: Revision, mark?: RolledBack) => {
  const { PatchStrategy, setHeaderOptions } = await loadClient();
  const { name = '', resourceVersion, annotations = {} } = deployment.metadata ?? {};
  const kept = Object.entries(annotations).filter(([key]) => stays(key) && key !== markNames.rolledBack);
  const brought = Object.entries(to.annotations).filter(([key]) => !stays(key));
  const noted = mark ? { [markNames.rolledBack]: JSON.stringify(mark) } : {};
  const body = [
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'add', path: '/metadata/annotations', value: { ...Object.fromEntries([...brought, ...kept]), ...noted } },
    { op: 'replace', path: '/spec/template', value: to.template },
  ];
  await apis.apps.patchNamespacedDeployment(
    { name, namespace, body, fieldManager: 'firebreak' },
    setHeaderOptions('Content-Type', PatchStrategy.JsonPatch),
  );
};

const revisionNumbered = (toRevision: string): number => {
  const number = Number(toRevision);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Refusal(`toRevision: expected the number of a revision; got "${toRevision}"`);
};

const targetOf = (history: History, name: string, toRevision: string | undefined): Revision => {
  const { revisions } = history;
  const kept = revisions.map(({ revision }) => revision).join(', ') || 'none';
  if (toRevision !== undefined) {
    const wanted = revisionNumbered(toRevision);
    const found = revisions.find(({ revision }) => revision === wanted);
    if (!found) throw new Refusal(`deployment ${name} has no revision ${wanted}; it has ${kept}`);
    return found;
  }
  const previous = revisions.at(-2);
  if (!previous) throw new Refusal(`deployment ${name} has no revision before the present one; it has ${kept}`);
  return previous;
};

/**
 * Where it was rolled back to already, and still is. Once more without a revision named would go forward again to what is
 * broken, as it does with kubectl: in a crisis, also when a lost answer makes it run twice, that is never what is meant.
 */
const wentBack = ({ key }: Job, history: History, toRevision: string | undefined): Revision | undefined => {
  const mark = markOn(history);
  const there = mark && history.revisions.find(({ name }) => name === mark.to);
  if (!mark || toRevision !== undefined || !isAt(history, there)) return undefined;
  if (isOfCrisis(mark, key)) return there;
  throw new Refusal(
    `it was rolled back in ${crisisOf(mark.by)} and nothing newer is deployed; to go back further, name the revision`,
  );
};

export const rollBack = async (job: Job, { deployment: name, toRevision }: Work<'rollBack'>): Promise<Verdict> => {
  const done = await persistently(job, async () => {
    const history = await readHistory(job, name);
    const already = wentBack(job, history, toRevision);
    if (already) return `${name} is back at revision ${already.revision} already`;
    if (history.deployment.spec?.paused)
      throw new Refusal(`deployment ${name} is paused: kubectl rollout resume comes first`);
    const target = targetOf(history, name, toRevision);
    const from = history.revisions.find((each) => isAt(history, each)) ?? history.revisions.at(-1);
    if (isAt(history, target)) return `${name} is at revision ${target.revision} already`;
    await goTo(job, history, target, { by: job.key, from: from?.name ?? '', to: target.name });
    return `${name} is rolled back from revision ${from?.revision ?? '?'} to what revision ${target.revision} was`;
  });
  job.say(done);
  return waitForRollout(job, name, done);
};

export const rollForward = async (job: Job, { deployment: name, anyway }: Work<'rollForward'>): Promise<Verdict> => {
  const done = await persistently(job, async () => {
    const history = await readHistory(job, name);
    const mark = markOn(history);
    if (!mark) return `${name} was not rolled back, or is forward again`;
    if (!anyway && !isOfCrisis(mark, job.key)) return `${name} was rolled back in ${crisisOf(mark.by)}, and stays so`;
    const [from, to] = [mark.from, mark.to].map((set) => history.revisions.find(({ name }) => name === set));
    if (!isAt(history, to)) throw new Refusal(`deployment ${name} is no longer at what it was rolled back to`);
    if (!from) throw new Refusal(`deployment ${name} no longer keeps the revision it was rolled back from`);
    await goTo(job, history, from);
    return `${name} is forward again, at what revision ${from.revision} was`;
  });
  job.say(done);
  return waitForRollout(job, name, done);
};
