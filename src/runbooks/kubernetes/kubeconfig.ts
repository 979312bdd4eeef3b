import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { types } from 'node:util';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from '../../domain/kubernetes.js';
import { loadClient } from './apis.js';
import { Refusal } from './job.js';

/** A cluster that can be spoken to: as whom, where, and in which namespace unless the action names one. */
export type Access = { config: KubeConfig; server: string; namespace: string; secrets: string[] };

/** Where a pod finds the token of its service account. */
const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

const firstLine = (error: unknown): string =>
  (types.isNativeError(error) ? error.message : String(error)).split('\n', 1)[0] ?? '';

const read = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const missing = types.isNativeError(error) && 'code' in error && error.code === 'ENOENT';
    throw new Refusal(`kubeconfig ${path}: ${missing ? 'there is no such file' : firstLine(error)}`);
  }
};

const fromFile = async (config: KubeConfig, path: string): Promise<void> => {
  const text = await read(path);
  try {
    config.loadFromString(text);
  } catch (error) {
    throw new Refusal(`kubeconfig ${path}: it is not what kubectl reads: ${firstLine(error)}`);
  }
  config.makePathsAbsolute(dirname(path));
};

const fromPod = async (config: KubeConfig): Promise<void> => {
  try {
    await access(podToken);
  } catch {
    throw new Refusal(
      'cluster.kubeconfig: expected a path, since this worker is no pod with a service account; got none',
    );
  }
  config.loadFromCluster();
};

const named = (things: readonly { name: string }[]): string => things.map(({ name }) => name).join(', ') || 'none';

const choose = (config: KubeConfig, where: string, wanted: string): string => {
  const context = config.getContexts().find(({ name }) => name === wanted);
  if (!context) throw new Refusal(`${where}: expected a context of ${named(config.getContexts())}; got "${wanted}"`);
  config.setCurrentContext(wanted);
  if (!config.getUser(context.user)) throw new Refusal(`${where}: context ${wanted} names no user that is there`);
  return context.namespace ?? 'default';
};

/** Reads who speaks to which cluster. Throws a Refusal that names the file, what was expected and what came. */
export const accessTo = async ({ kubeconfig, context }: Cluster): Promise<Access> => {
  const { KubeConfig } = await loadClient();
  const config = new KubeConfig();
  await (kubeconfig === undefined ? fromPod(config) : fromFile(config, kubeconfig));
  const where = kubeconfig === undefined ? 'the service account' : `kubeconfig ${kubeconfig}`;
  const wanted = context ?? config.getCurrentContext();
  if (!wanted) throw new Refusal(`${where}: it has no current context, and cluster.context names none`);
  const namespace = choose(config, where, wanted);
  const { server, skipTLSVerify } = config.getCurrentCluster() ?? {};
  if (!server) throw new Refusal(`${where}: context ${wanted} names no cluster that is there`);
  if (!server.startsWith('https:') && !skipTLSVerify)
    throw new Refusal(`${where}: context ${wanted}: expected a server over https; got ${server}`);
  const { token, password } = config.getCurrentUser() ?? {};
  return { config, server, namespace, secrets: [token, password].filter((secret) => secret !== undefined) };
};
