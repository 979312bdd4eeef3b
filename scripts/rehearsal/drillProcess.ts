import { createDrillWorker } from '../../src/workers/drillWorker.js';
import { absencesOf } from '../../src/domain/scenario/faults.js';
import { scaleScenario } from '../../src/domain/scenario/scale.js';
import type { Store } from '../../src/store/store.js';
import { connectTemporal } from '../stack/connect.js';
import { installRuntime } from '../stack/ground.js';
import { keptByHost, type DrillOrder, type FromProcess, type HostKeeps, type ToProcess } from './drillMessages.js';

/** The process of one drill. It holds no database and no more of the world than its order gives it; it ends with its host. */
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let asked = 0;

const say = (message: FromProcess): void => void process.send?.(message);

const ask =
  (what: (typeof keptByHost)[number]) =>
  (...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const number = ++asked;
      waiting.set(number, { resolve, reject });
      say({ ask: number, what, args });
    });

const keeps = Object.fromEntries(keptByHost.map((what) => [what, ask(what)])) as unknown as HostKeeps;

/** The deaths that the scenario asks for: real ones, that nothing in this process can catch. */
const dieOnTime = ({ run }: DrillOrder, startedAt: number): void => {
  for (const { fromMs } of absencesOf(scaleScenario(run.scenario, run.scale))) {
    const inMs = startedAt + fromMs - Date.now();
    if (inMs > 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), inMs).unref();
  }
};

const work = async (order: DrillOrder): Promise<void> => {
  installRuntime();
  const temporal = await connectTemporal(order.address);
  let startedAt = order.startedAt;
  if (startedAt !== undefined) dieOnTime(order, startedAt);
  const worker = await createDrillWorker({
    client: temporal.client,
    connection: temporal.native,
    namespace: temporal.namespace,
    workflowBundle: { codePath: order.bundle },
    run: order.run,
    settings: order.settings,
    store: keeps as unknown as Store,
    signingKey: order.signingKey,
    commandKeys: order.commandKeys,
    writePostmortem: (name, text) => keeps.writePostmortem(name, text),
    startedAt: () => startedAt,
    begins: (at) => {
      if (startedAt !== undefined) return;
      startedAt = at;
      say({ began: at });
      dieOnTime(order, at);
    },
  });
  process.once('SIGTERM', () => worker.shutdown());
  process.once('disconnect', () => process.exit(0));
  await worker.run();
  await temporal.close();
  process.exit(0);
};

process.on('message', (message: ToProcess) => {
  if ('order' in message) {
    work(message.order).catch((error: unknown) => {
      say({ failed: error instanceof Error ? error.message : String(error) });
      process.exit(1);
    });
    return;
  }
  const asker = waiting.get(message.answer);
  waiting.delete(message.answer);
  if (message.error === undefined) asker?.resolve(message.value);
  else asker?.reject(new Error(message.error));
});
// A Ctrl-C in the terminal is for the host, which stops us in order.
process.on('SIGINT', () => undefined);
