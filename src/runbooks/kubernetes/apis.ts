import type { AppsV1Api, CoreV1Api, KubeConfig, NetworkingV1Api, Middleware } from '@kubernetes/client-node';

/** The parts of the cluster’s API that are worked with. */
export type Apis = { apps: AppsV1Api; core: CoreV1Api; networking: NetworkingV1Api };

/** The client is large, and only whoever works on a cluster waits for it (some 0.7 s and 70 MB on the test machine). */
export const loadClient = () => import('@kubernetes/client-node');

/** Calls every request off when the signal says so, and keeps answers readable as they came beside what the client makes of them. */
const middlewareFor = (signal: AbortSignal): Middleware => ({
  pre: (request) => {
    request.setSignal(signal);
    return Promise.resolve(request);
  },
  post: async (response) => {
    const bytes = await response.body.binary();
    response.body = { binary: () => Promise.resolve(bytes), text: () => Promise.resolve(bytes.toString('utf8')) };
    return response;
  },
});

/** The official client for the cluster that the configuration names as its current one. */
export const connect = async (config: KubeConfig, server: string, signal: AbortSignal): Promise<Apis> => {
  const { AppsV1Api, CoreV1Api, NetworkingV1Api, createConfiguration, ServerConfiguration } = await loadClient();
  const configuration = () =>
    createConfiguration({
      baseServer: new ServerConfiguration(server, {}),
      authMethods: { default: config },
      promiseMiddleware: [middlewareFor(signal)],
    });
  return {
    apps: new AppsV1Api(configuration()),
    core: new CoreV1Api(configuration()),
    networking: new NetworkingV1Api(configuration()),
  };
};
