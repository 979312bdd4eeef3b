import { readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../src/workers/bundle.js';
Runtime.install({ logger: new DefaultLogger('ERROR') });
const bundle = await bundleWorkflows();
console.log('bundle', (bundle.code.length / 1024).toFixed(0), 'KiB');
const history = JSON.parse(readFileSync('/tmp/outage.json', 'utf8'));
const n = Number(process.argv[2] ?? 20);
const run = async (name: string, options: object) => {
  let t = 0,
    c0 = process.cpuUsage(),
    i = 0;
  for await (const r of Worker.runReplayHistories(
    { workflowBundle: bundle, ...options } as never,
    (function* () {
      for (let k = 0; k < n; k++) yield { workflowId: `r-${k}`, history };
    })(),
  )) {
    if (r.error) throw r.error;
    if (i++ === 0) {
      t = performance.now();
      c0 = process.cpuUsage();
    }
  }
  const c = process.cpuUsage(c0);
  console.log(
    name,
    ((performance.now() - t) / (n - 1)).toFixed(1),
    'ms wall each',
    ((c.user + c.system) / 1e3 / (n - 1)).toFixed(1),
    'ms cpu each',
  );
};
await run('default', {});
if (process.argv[3]) {
  await run('cached 100', { maxCachedWorkflows: 100 });
  await run('noreuse', { reuseV8Context: false });
  await run('debug', { debugMode: false, maxConcurrentWorkflowTaskExecutions: 20 });
}
process.exit();
