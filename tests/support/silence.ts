import { DefaultLogger, Runtime } from '@temporalio/worker';

/** To be said once, before anything else of Temporal's workers: what they note in this process is more than anybody reads. */
export const silenceWorkers = (): void => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
};
