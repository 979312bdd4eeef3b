import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const lean = fileURLToPath(new URL('./leanThread.cjs', import.meta.url));

let isInstalled = false;

/**
 * Lets workflows run without two things for which the SDK has no option, and which take more than half of their time: a watchdog
 * thread for each of the some eight calls that one workflow task makes into the sandbox, and a hook on every promise, which
 * takes stack traces that our bundle leaves out anyway (withoutStacks.ts). What the watchdog was for, a crisis that decides
 * without end, the shell finds itself. Measured in docs/decisions/0031-lean-threads.md. Once a process, before its first worker.
 */
export const runWorkflowsLean = (): void => {
  if (isInstalled) return;
  isInstalled = true;
  const threads = require('node:worker_threads') as typeof import('node:worker_threads');
  const isWorkflowThread = (file: string | URL): boolean => String(file).includes('workflow-worker-thread');
  threads.Worker = class extends threads.Worker {
    constructor(file: string | URL, options?: WorkerOptions) {
      super(file, isWorkflowThread(file) ? { ...options, execArgv: ['--require', lean] } : options);
    }
  };
};

/** The same for workflows that run in this very thread, as a replay's do. */
export const replayLean = (): void => {
  require(lean);
};
