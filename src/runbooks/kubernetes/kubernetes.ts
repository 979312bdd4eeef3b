import type { KubernetesAction } from '../../domain/action.js';
import { spoken } from '../../domain/duration.js';
import { workFaults, type KubernetesWork } from '../../domain/kubernetes.js';
import { checkParameters, secretValues } from '../../domain/parameters.js';
import { fillAll, placeholderFaults } from '../../domain/placeholders.js';
import type { ActionKind } from '../kind.js';
import { createOutput } from '../output.js';
import { failed, type Verdict } from '../verdict.js';
import { codeOf, neverSent, wordsOf } from './answers.js';
import { connect } from './apis.js';
import { checkCordon, cordon, uncordon } from './cordon.js';
import { checkIsolation, isolate, release } from './isolate.js';
import { Refusal, type Job } from './job.js';
import { accessTo } from './kubeconfig.js';
import { rollBack, rollForward } from './rollBack.js';
import { waitForRollout } from './rollout.js';
import { scale, scaleBack } from './scale.js';

const doWork = (job: Job, work: KubernetesWork): Promise<Verdict> => {
  switch (work.does) {
    case 'rollBack':
      return rollBack(job, work);
    case 'rollForward':
      return rollForward(job, work);
    case 'scale':
      return scale(job, work);
    case 'scaleBack':
      return scaleBack(job, work);
    case 'cordon':
      return cordon(job, work);
    case 'uncordon':
      return uncordon(job, work);
    case 'isolate':
      return isolate(job, work);
    case 'release':
      return release(job, work);
    case 'checkRollout':
      return waitForRollout(job, work.deployment, `${work.deployment} is rolled out`);
    case 'checkCordon':
      return checkCordon(job, work);
    case 'checkIsolation':
      return checkIsolation(job, work);
  }
};

/** A name goes into a path: an empty one would mean all of them. */
const nameFault = (work: KubernetesWork): string | undefined => {
  const [field, name] =
    'node' in work ? ['node', work.node] : ['deployment', 'deployment' in work ? work.deployment : undefined];
  return name === undefined || /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)
    ? undefined
    : `${field}: expected a name of small letters, digits, dots and dashes; got "${name}"`;
};

/** What was refused did nothing; whatever else went wrong may have, and the next run finds out what. */
const verdictOn = (error: unknown, server: string): Verdict => {
  if (error instanceof Refusal) return failed(error.message);
  if (neverSent(error)) return failed(`no API server answers at ${server}: ${wordsOf(error)}`);
  const code = codeOf(error);
  return code >= 400 && code < 500 ? failed(wordsOf(error)) : { status: 'uncertain', summary: wordsOf(error) };
};

/** Works on a Kubernetes cluster, and waits until what it did is really so. */
export const createKubernetesKind = (now: () => number): ActionKind<'kubernetes'> => ({
  kind: 'kubernetes',
  async run(action: KubernetesAction, parameters, { key, signal: calledOff, progress }) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const secrets = secretValues(action.parameters, values);
    const said: string[] = [];
    const say = (line: string): void => {
      said.push(line);
      progress(line);
    };
    const decide = async (): Promise<Verdict> => {
      if ('fault' in checked) return failed(checked.fault);
      const [fault] = [...placeholderFaults(action), ...workFaults(action.work)];
      if (fault !== undefined) return failed(fault);
      if (calledOff.aborted) return failed('called off before it began');
      const work = fillAll(action.work, values);
      const badName = nameFault(work);
      if (badName !== undefined) return failed(badName);
      const limit = AbortSignal.timeout(action.timeoutMs);
      const signal = AbortSignal.any([calledOff, limit]);
      let server = 'the cluster';
      try {
        const access = await accessTo(action.cluster);
        ({ server } = access);
        secrets.push(...access.secrets);
        const apis = await connect(access.config, server, signal);
        const namespace = action.namespace ?? access.namespace;
        return await doWork({ apis, namespace, key, everyMs: action.everyMs, signal, say }, work);
      } catch (error) {
        if (signal.aborted && !limit.aborted) return { status: 'uncertain', summary: 'called off while it ran' };
        if (limit.aborted)
          return {
            status: 'uncertain',
            summary: `stopped after its time limit of ${spoken(action.timeoutMs)}${lastOf(said)}`,
          };
        return verdictOn(error, server);
      }
    };
    const verdict = await decide();
    const output = createOutput(secrets);
    for (const line of said) output.take(Buffer.from(`${line}\n`));
    return { ...verdict, output: output.text(), startedAt, endedAt: now() };
  },
});

const lastOf = (said: readonly string[]): string => (said.length > 0 ? `; ${said.at(-1) ?? ''}` : '');
