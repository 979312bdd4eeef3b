import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { CommandAction, ParameterValues } from '../domain/action.js';
import { spoken } from '../domain/duration.js';
import { looksSecret } from '../domain/mask.js';
import { checkParameters, secretValues } from '../domain/parameters.js';
import { fill, placeholderFaults } from '../domain/placeholders.js';
import type { ActionKind } from './kind.js';
import { createOutput, type Output } from './output.js';
import { endGroup, keepTrack, letGo } from './processGroup.js';
import { failed, type Verdict } from './verdict.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** All that a program gets of our own environment; the rest may hold secrets that are none of its business. */
const inherited = ['PATH', 'HOME', 'LANG'] as const;

/** Output may still be on its way when the program has ended; a child it left behind may hold the pipe for ever. */
const drainMs = 500;

const tellEveryMs = 250;

type Program = { argv: readonly string[]; cwd: string | undefined; env: Record<string, string>; timeoutMs: number };

const start = ({ argv: [program = '', ...args], cwd, env }: Program) =>
  execa(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    extendEnv: false,
    shell: false,
    // Its own process group, so that its children end with it.
    detached: true,
    cleanup: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
  });

type Ended = { code: number | null; signal: NodeJS.Signals | null };

/** Why a program was stopped before it ended by itself, or undefined. */
const stopped = (timeoutMs: number, signal: AbortSignal, ended: Promise<unknown>): Promise<string | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`stopped after its time limit of ${spoken(timeoutMs)}`), timeoutMs);
    const calledOff = () => resolve('called off while it ran');
    signal.addEventListener('abort', calledOff, { once: true });
    void ended.then(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', calledOff);
      resolve(undefined);
    });
    if (signal.aborted) calledOff();
  });

const verdictOn = ({ code, signal }: Ended, output: Output): Verdict => {
  if (code === 0) return { status: 'succeeded', summary: 'exit code 0' };
  if (code === null) return { status: 'uncertain', summary: `ended by ${signal ?? 'a signal'}` };
  const lastLine = output.lastLine();
  return failed(`exit code ${code}${lastLine ? `: ${lastLine}` : ''}`);
};

const runProgram = async (
  program: Program,
  output: Output,
  signal: AbortSignal,
  progress: (lastLine: string) => void,
): Promise<Verdict> => {
  const child = start(program);
  if (child.pid === undefined) {
    const { originalMessage = 'unknown reason' } = await child;
    return failed(`did not start: ${originalMessage}`);
  }
  const group = child.pid;
  keepTrack(group);
  child.all.on('data', output.take);
  const telling = setInterval(() => progress(output.lastLine()), tellEveryMs);
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, by) => resolve({ code, signal: by })));
  const why = await stopped(program.timeoutMs, signal, ended);
  if (why !== undefined) await endGroup(group);
  const end = await ended;
  await Promise.race([child, sleep(drainMs)]);
  clearInterval(telling);
  child.all.destroy();
  letGo(group);
  return why === undefined ? verdictOn(end, output) : { status: 'uncertain', summary: why };
};

const programOf = (action: CommandAction, values: ParameterValues, rest: Environment) => ({
  argv: action.argv.map((argument) => fill(argument, values)),
  cwd: action.cwd,
  timeoutMs: action.timeoutMs,
  env: Object.fromEntries(
    Object.entries({ ...rest, ...action.env }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});

/**
 * Runs a program, never a shell: each parameter arrives as it was given, inside the one argument that names it.
 * A program that was stopped or killed may have done its work or not, which is `uncertain`.
 */
export const createCommandKind = (environment: Environment, now: () => number): ActionKind<'command'> => ({
  kind: 'command',
  async run(action, parameters, { key, signal, progress }) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const hidden = Object.entries(action.env).flatMap(([name, value]) => (looksSecret(name) ? [value] : []));
    const output = createOutput([...secretValues(action.parameters, values), ...hidden]);
    const decide = async (): Promise<Verdict> => {
      if ('fault' in checked) return failed(checked.fault);
      const [fault] = placeholderFaults(action);
      if (fault !== undefined) return failed(fault);
      if (signal.aborted) return failed('called off before it began');
      const own = Object.fromEntries(inherited.map((name) => [name, environment[name]]));
      const program = programOf(action, values, own);
      return runProgram({ ...program, env: { ...program.env, FIREBREAK_RUN_KEY: key } }, output, signal, progress);
    };
    const verdict = await decide();
    return { ...verdict, output: output.text(), startedAt, endedAt: now() };
  },
});
