import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { keepProbes } from '../../src/client/probing.js';
import { createConverters } from '../../src/codec/converters.js';
import { bundleWorkflows } from '../../src/workers/bundle.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';
import { createDrillHost } from '../rehearsal/hosting.js';
import { evidenceOn, firebreakOn, type Ground, type Part } from './ground.js';

/** A worker that polls until it is stopped; what it has begun it ends, within ten seconds. */
export const startWorker = async (
  ground: Ground,
  onDeath: (why: string) => void,
): Promise<Part & { reload: () => void }> => {
  const { environment, settings, temporal, kept, signingKey, say } = ground;
  let channels = createChannels(settings().channels, settings().publicUrl);
  const folder = join(environment.data, 'postmortems');
  const workflowBundle = await bundleWorkflows(join(environment.data, 'bundles'));
  const writePostmortem = async (name: string, text: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const drillHost = createDrillHost({
    address: temporal.address,
    signingKey,
    commandKeys: environment.commandKeys,
    settings,
    store: kept.now,
    writePostmortem,
    bundle: workflowBundle.codePath,
    say,
  });
  const worker = await createWorker({
    client: temporal.client,
    connection: temporal.native,
    namespace: temporal.namespace,
    workflowBundle,
    firebreak: firebreakOn(ground),
    settings,
    channels: () => channels,
    store: kept.now,
    signingKey,
    commandKeys: environment.commandKeys,
    writePostmortem,
    dataConverter: createConverters(ground.keyring).worker,
    drillHost,
    evidence: evidenceOn(ground),
  });
  const running = worker
    .run()
    .catch((error: unknown) =>
      onDeath(`the worker has stopped: ${error instanceof Error ? error.message : String(error)}`),
    );
  const probe = (): void =>
    void keepProbes(temporal.client, settings(), taskQueue).catch((error: unknown) =>
      say(`the probes could not be set: ${String(error)}`),
    );
  probe();
  return {
    reload: () => {
      const before = channels;
      try {
        channels = createChannels(settings().channels, settings().publicUrl);
      } catch (error) {
        say(
          `the changed channels cannot be used, the old ones stay: ${error instanceof Error ? error.message : String(error)}`,
        );
        return;
      }
      // What is on its way by the old ones may still arrive.
      setTimeout(() => closeChannels(before), 30_000).unref();
      probe();
    },
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      closeChannels(channels);
    },
  };
};
