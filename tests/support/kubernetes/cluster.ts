import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppsV1Api, CoreV1Api, KubeConfig, NetworkingV1Api } from '@kubernetes/client-node';
import { until } from '../until.js';
import { startRealServer } from './realServer.js';
import { startStandIn } from './standIn.js';

export type TestCluster = Awaited<ReturnType<typeof startCluster>>;

const contextsFor = (server: string, token: string, certificateAuthority?: string) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    {
      name: 'test',
      // Over plain HTTP, which the stand-in speaks, the client sends a token only when told not to mind.
      cluster: {
        server,
        ...(certificateAuthority
          ? { 'certificate-authority': certificateAuthority }
          : { 'insecure-skip-tls-verify': true }),
      },
    },
    { name: 'gone', cluster: { server: 'https://127.0.0.1:1' } },
    { name: 'plain', cluster: { server: 'http://127.0.0.1:1' } },
  ],
  users: [
    { name: 'admin', user: { token } },
    { name: 'stranger', user: { token: 'a-token-of-nobody' } },
  ],
  contexts: [
    { name: 'shop', context: { cluster: 'test', user: 'admin', namespace: 'shop' } },
    { name: 'stranger', context: { cluster: 'test', user: 'stranger', namespace: 'shop' } },
    { name: 'gone', context: { cluster: 'gone', user: 'admin' } },
    { name: 'nobody', context: { cluster: 'test', user: 'missing' } },
    { name: 'plain', context: { cluster: 'plain', user: 'admin' } },
  ],
  'current-context': 'shop',
});

/**
 * A cluster with the namespace `shop` and no controllers: a real API server where `KUBEBUILDER_ASSETS` holds one, else a
 * stand-in that is held to the official OpenAPI. `lose` is there for the stand-in alone.
 */
export const startCluster = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-cluster-'));
  const token = randomBytes(16).toString('hex');
  const { KUBEBUILDER_ASSETS: assets } = process.env;
  const standIn = assets ? undefined : await startStandIn(token);
  const real = assets ? await startRealServer(assets, folder, token) : undefined;
  const kubeconfig = join(folder, 'kubeconfig');
  const server = standIn?.server ?? real?.server ?? '';
  // What kubectl reads is YAML, and JSON is YAML.
  await writeFile(kubeconfig, JSON.stringify(contextsFor(server, token, real?.certificateAuthority)));
  const config = await until(
    'the API server',
    async () => {
      const found = new KubeConfig();
      found.loadFromFile(kubeconfig);
      await found.makeApiClient(CoreV1Api).listNamespace();
      return found;
    },
    120_000,
  );
  const core = config.makeApiClient(CoreV1Api);
  await core.createNamespace({ body: { metadata: { name: 'shop' } } });
  return {
    isReal: real !== undefined,
    kubeconfig,
    folder,
    token,
    core,
    apps: config.makeApiClient(AppsV1Api),
    networking: config.makeApiClient(NetworkingV1Api),
    standIn,
    stop: async () => {
      await standIn?.stop();
      await real?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
