import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const program = fileURLToPath(new URL('../../../../bin/firebreak.js', import.meta.url));

/** Only what is said here: no address, person or colour of whoever runs the tests. */
const plainEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  TZ: 'UTC',
  FIREBREAK_USER: 'ana',
});

export type Ran = { code: number; stdout: string; stderr: string };

const child = (args: readonly string[], env: Record<string, string>) =>
  execa(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...plainEnvironment(), ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 45_000,
  });

/** Runs the real command line to its end. */
export const cli = async (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => {
  const { exitCode, stdout, stderr } = await child(args, env);
  return { code: exitCode ?? -1, stdout, stderr };
};

/** The one JSON document on stdout. */
export const documentOf = ({ stdout }: Ran): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;

/** Starts the real command line, for commands that go on; `lines` grows as it speaks. */
export const following = (args: readonly string[], env: Record<string, string> = {}) => {
  const running = child(args, env);
  const lines: string[] = [];
  const read = async () => {
    for await (const line of running) lines.push(line);
    return (await running).exitCode;
  };
  return { lines, ended: read(), interrupt: () => running.kill('SIGINT') };
};
