import { execa } from 'execa';

/**
 * Stops `pid` when this process dies without having had a chance to (kill -9, out of memory): a shell waits on a pipe
 * that only we hold, and the end of the pipe is the sign. `dismiss` it once the process has ended on its own.
 */
export function guard(pid: number): { dismiss: () => Promise<void> } {
  const shell = execa('/bin/sh', ['-c', `read -r _; kill -TERM ${pid}`], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    // Its own process group: a Ctrl-C in the terminal is not for it.
    detached: true,
    reject: false,
  });
  return {
    async dismiss() {
      shell.kill('SIGKILL');
      await shell;
    },
  };
}
