import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { isThere, placesIn, textIn } from './place.js';

export type PortalProcess = { pid: number; state: string; command: string };

/** Its state and command, from /proc or else by ps; undefined when there is none. */
const lookUp = async (pid: number): Promise<Omit<PortalProcess, 'pid'> | undefined> => {
  const proc = `/proc/${pid}`;
  if (isThere('/proc/self/stat')) {
    if (!isThere(proc)) return undefined;
    const stat = readFileSync(`${proc}/stat`, 'utf8');
    // The program's name may hold brackets; the state is the first field after it.
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    return { state, command: readFileSync(`${proc}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  }
  const { stdout, failed } = await execa('ps', ['-o', 'stat=,command=', '-p', String(pid)], { reject: false });
  const [state = '', ...command] = stdout.trim().split(/\s+/);
  return failed ? undefined : { state, command: command.join(' ') };
};

/** The portal’s process as the system sees it; undefined when it does not run. Another process of that number is not taken for it. */
export const portalProcess = async (state: string): Promise<PortalProcess | undefined> => {
  const { portalPid, portal } = placesIn(state);
  if (!isThere(portalPid)) return undefined;
  const pid = Number(textIn(portalPid));
  const found = await lookUp(pid);
  return !found || found.state.startsWith('Z') || !found.command.includes(portal) ? undefined : { pid, ...found };
};

/** Whether it is stopped: it keeps its memory, and does nothing with it. */
export const isStopped = ({ state }: PortalProcess): boolean => state.startsWith('T');

/** Starts the portal of the state directory, with the rights of a token, and waits for its address. */
export const startPortal = async (state: string, token: string, port = 0): Promise<string> => {
  const { portal, portalUrl, customersUrl } = placesIn(state);
  writeFileSync(join(portal, 'config.json'), JSON.stringify({ customersUrl: textIn(customersUrl), token, port }));
  rmSync(portalUrl, { force: true });
  spawn(process.execPath, [join(portal, 'server.js')], { detached: true, stdio: 'ignore' }).unref();
  for (let waitedMs = 0; !isThere(portalUrl) && waitedMs < 15_000; waitedMs += 50) await sleep(50);
  return textIn(portalUrl);
};
