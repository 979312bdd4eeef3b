import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'node:util';

/** How long a program may take to end after it was asked to, in milliseconds. */
const graceMs = 5_000;

const living = new Set<number>();

// The last thing this process does: what it started does not outlive it.
process.on('exit', () => {
  for (const group of living) signalGroup(group, 'SIGKILL');
});

/** Signals every process of a group; false when none is left. */
const signalGroup = (group: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    // EPERM: there is one left, though not ours to signal.
    return types.isNativeError(error) && 'code' in error && error.code === 'EPERM';
  }
};

/** Remembers a group, so that it ends with this process. */
export const keepTrack = (group: number): void => void living.add(group);

/** Forgets a group that has done its work. What it left behind on purpose lives on. */
export const letGo = (group: number): void => void living.delete(group);

/** Asks every process of the group to end, and after five seconds makes it; done when none is left. */
export const endGroup = async (group: number): Promise<void> => {
  signalGroup(group, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (signalGroup(group, 0) && performance.now() < deadline) await sleep(25);
  signalGroup(group, 'SIGKILL');
};
