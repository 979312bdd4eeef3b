import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { guard } from '../../src/runbooks/guardian.js';
import type { Say } from '../stack/say.js';

type Beside = { config: string; data: string; temporalAddress: string; url: string; say: Say };

const program = fileURLToPath(new URL('../../bin/firebreak.js', import.meta.url));

/** A watchdog in a process of its own, so that it does not hang when we do; it ends with us. */
export const startWatchdogBeside = ({
  config,
  data,
  temporalAddress,
  url,
  say,
}: Beside): { stop: () => Promise<void> } => {
  const child = execa(process.execPath, [program, 'watchdog'], {
    env: { FIREBREAK_CONFIG: config, FIREBREAK_DATA: data, TEMPORAL_ADDRESS: temporalAddress, FIREBREAK_URL: url },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'inherit',
    // Ctrl-C in the terminal is for us; we stop it first, or it would tell that we are gone.
    detached: true,
    reject: false,
  });
  const guardian = child.pid === undefined ? undefined : guard(child.pid);
  let asked = false;
  const ended = child.then(async ({ exitCode }) => {
    await guardian?.dismiss();
    if (!asked) say(`the watchdog has ended by itself, with code ${exitCode ?? 'none'}; everything else goes on`);
  });
  return {
    async stop() {
      asked = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
};
