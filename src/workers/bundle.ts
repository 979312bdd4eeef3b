import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** All workflows in one bundle; made once a process, one to two seconds. `observers` are interceptors for a replay. */
export const bundleWorkflows = (observers: string[] = []): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: observers,
    logger: new DefaultLogger('WARN'),
  });
