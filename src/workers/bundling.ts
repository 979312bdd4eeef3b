import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Bundles the workflows into the file of the first argument, with interceptors from the others.
const [file = '', ...observers] = process.argv.slice(2);
// With an observer it is a replay, which has the time to say where something failed, and whom nobody asks.
const isWorkers = observers.length === 0;
const { code } = await bundleWorkflowCode({
  workflowsPath: here('../workflows/index.ts'),
  workflowInterceptorModules: [
    ...(isWorkers ? [here('../workflows/wholeTasks.ts')] : observers),
    here('../workflows/noEmptyTasks.ts'),
  ],
  failureConverterPath: here('../codec/failures.ts'),
  preloadModules: [here('../workflows/preloaded.ts'), ...(isWorkers ? [here('../workflows/withoutStacks.ts')] : [])],
  logger: new DefaultLogger('WARN'),
});
// Renamed into place, so that nobody ever reads half a bundle.
await writeFile(`${file}.${process.pid}`, code);
await rename(`${file}.${process.pid}`, file);
