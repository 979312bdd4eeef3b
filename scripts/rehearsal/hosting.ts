import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DrillHost, DrillHosting } from '../../src/activities/drillHost.js';
import type { DrillRun } from '../../src/activities/drill.js';
import { absencesOf } from '../../src/domain/scenario/faults.js';
import { scaleScenario } from '../../src/domain/scenario/scale.js';
import type { Settings } from '../../src/domain/settings.js';
import type { Store } from '../../src/store/store.js';
import { loader } from '../../src/workers/loader.js';
import type { DrillOrder, FromProcess, HostKeeps, ToProcess } from './drillMessages.js';

type Needs = {
  address: string;
  signingKey: string;
  commandKeys?: string | undefined;
  settings: () => Settings;
  store: () => Store | undefined;
  writePostmortem: (name: string, text: string) => Promise<void>;
  /** The file of the bundled workflows. */
  bundle: string;
  say: (line: string) => void;
};

const program = fileURLToPath(new URL('./drillProcess.ts', import.meta.url));

/** Died by itself, and not as the scenario wanted: not at once again. */
const restartAfterMs = 500;

const keeping = ({ store, writePostmortem }: Needs): HostKeeps => {
  const now = (): Store => {
    const open = store();
    if (!open) throw new Error('the store is not open; what is kept there waits');
    return open;
  };
  return {
    project: async (projection) => now().project(projection),
    archive: async (archive) => now().archive(archive),
    archived: async (crisisId) => now().archived(crisisId),
    timeline: async (crisisId) => now().timeline(crisisId),
    deliveries: async (crisisId) => now().deliveries(crisisId),
    writePostmortem,
  };
};

const answering = (child: ChildProcess, keeps: HostKeeps, onBegin: (at: number) => void, say: Needs['say']) => {
  const send = (message: ToProcess): void => {
    if (child.connected) child.send(message);
  };
  child.on('error', (error) => say(`the drill's worker: ${error.message}`));
  child.on('message', (message: FromProcess) => {
    if ('began' in message) return onBegin(message.began);
    if ('failed' in message) return say(`the drill's worker: ${message.failed}`);
    const { ask, what, args } = message;
    const call = keeps[what] as (...args: unknown[]) => Promise<unknown>;
    call(...args).then(
      (value) => send({ answer: ask, value }),
      (error: unknown) => send({ answer: ask, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  return send;
};

/** How long nobody is there after a death: as the scenario says of the one that has just happened. */
const pauseAfterDeath = ({ scenario, scale }: DrillRun, startedAt: number | undefined): number => {
  const now = Date.now();
  const absence =
    startedAt === undefined
      ? undefined
      : absencesOf(scaleScenario(scenario, scale)).findLast(({ fromMs }) => startedAt + fromMs <= now + 50);
  const left = absence && startedAt !== undefined ? startedAt + absence.untilMs - now : restartAfterMs;
  return Math.max(0, left);
};

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 6_000);
  await once(child, 'exit');
  clearTimeout(forced);
};

/** Runs the worker of a drill as a process of its own, and another one after each death, until it is called off. */
export const createDrillHost =
  (needs: Needs): DrillHost =>
  async (run: DrillRun, { signal, onBegin, startedAt: earlier }: DrillHosting) => {
    let startedAt = earlier;
    const begin = (at: number): void => {
      startedAt = at;
      onBegin(at);
    };
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const child = fork(program, { execArgv: ['--import', loader], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const send = answering(child, keeping(needs), begin, needs.say);
      const { address, signingKey, commandKeys, settings, bundle } = needs;
      const order: DrillOrder = { run, settings: settings(), address, signingKey, commandKeys, bundle };
      send({ order: startedAt === undefined ? order : { ...order, startedAt } });
      const end = () => void stopped(child);
      signal.addEventListener('abort', end, { once: true });
      if (isOver()) end();
      await once(child, 'exit');
      signal.removeEventListener('abort', end);
      if (!signal.aborted) await sleep(pauseAfterDeath(run, startedAt), undefined, { signal }).catch(() => undefined);
    }
  };
