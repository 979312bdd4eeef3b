import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CommandAction } from '../../src/domain/action.js';
import type { ParameterValues } from '../../src/domain/action.js';
import { masked } from '../../src/domain/mask.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { until } from '../support/until.js';

const { command } = createKinds({ environment: { ...process.env, LANG: 'C', DATABASE_PASSWORD: 'not-for-children' } });

const run = (
  wanted: Partial<CommandAction> & Pick<CommandAction, 'argv'>,
  parameters: ParameterValues = {},
  { signal = new AbortController().signal, progress = (_line: string) => {} } = {},
) =>
  command.run(CommandAction.parse({ kind: 'command', title: 'test', ...wanted }), parameters, {
    key: 'run-1',
    signal,
    progress,
  });

const node = (script: string, ...args: string[]) => [process.execPath, '-e', script, '--', ...args];
const anything = { type: 'string', secret: false } as const;

/** A program that ignores SIGTERM, with a child that does so too, and both their pids in a file. */
const stubborn = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'firebreak-')), 'pids');
  const script = `
    const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
    const child = require('child_process').spawn(process.execPath, ['-e', deaf + "require('fs').appendFileSync(process.argv[1], process.pid + '\\\\n')", ${JSON.stringify(file)}]);
    require('fs').appendFileSync(${JSON.stringify(file)}, process.pid + '\\n');
    eval(deaf);`;
  const both = () => {
    const found = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    return found.length === 2 && found;
  };
  return { argv: node(script), pids: () => until('both to run', both) };
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

test('hands every value over byte for byte, whatever a shell would make of it', async () => {
  const echo = node(
    'process.stdout.write(Buffer.from(JSON.stringify(process.argv.slice(1))).toString("hex"))',
    '--to={{value}}',
  );
  const hostile = fc.constantFrom(
    '$(id)',
    '`id`',
    '; rm -rf /',
    '| cat',
    '&& id',
    '"\'',
    '\n',
    '$HOME',
    '*',
    '\\',
    '{{value}}',
    '--help',
    '$&',
    '%s',
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join('')),
  );

  await fc.assert(
    fc.asyncProperty(
      value.filter((text) => !text.includes('\0')),
      async (text) => {
        const { output } = await run({ argv: echo, parameters: { value: anything } }, { value: text });
        expect(JSON.parse(Buffer.from(output, 'hex').toString())).toEqual([`--to=${text}`]);
      },
    ),
    { numRuns: 40 },
  );
});

test('gives a program its key, its own variables and nothing else of ours', async () => {
  const { output } = await run({ argv: node('console.log(JSON.stringify(process.env))'), env: { REGION: 'north' } });
  const { PATH, HOME, ...rest } = JSON.parse(output) as Record<string, string>;

  expect([PATH, HOME]).toEqual([process.env['PATH'], process.env['HOME']]);
  expect(rest).toEqual({ LANG: 'C', REGION: 'north', FIREBREAK_RUN_KEY: 'run-1' });
});

test('tells success from failure by the exit code, with the last line as the reason', async () => {
  expect(await run({ argv: node('console.log("done")') })).toMatchObject({
    status: 'succeeded',
    summary: 'exit code 0',
    output: 'done\n',
  });
  expect(await run({ argv: node('console.error("no such release"); process.exit(3)') })).toMatchObject({
    status: 'failed',
    summary: 'exit code 3: no such release',
  });
});

test('fails, and does not guess, when the program never began', async () => {
  expect(await run({ argv: ['no-such-program-here'] })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('did not start'),
  });
  expect(await run({ argv: node('0'), cwd: '/no/such/folder' })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('/no/such/folder'),
  });
  expect(await run({ argv: node('0') }, { colour: 'red' })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('colour'),
  });
  expect(await run({ argv: node('0') }, {}, { signal: AbortSignal.abort() })).toMatchObject({
    status: 'failed',
    summary: 'called off before it began',
  });
});

test('is uncertain of a program that something else killed', async () => {
  expect(await run({ argv: node('process.kill(process.pid, "SIGKILL")') })).toMatchObject({
    status: 'uncertain',
    summary: 'ended by SIGKILL',
  });
});

test('asks a program to end when its time is up', async () => {
  const argv = node(
    'process.on("SIGTERM", () => { console.log("tidied up"); process.exit(0); }); console.log("at work"); setInterval(() => {}, 1000)',
  );
  const result = await run({ argv, timeoutMs: 700 });

  expect(result).toMatchObject({
    status: 'uncertain',
    summary: 'stopped after its time limit of 700ms',
    output: 'at work\ntidied up\n',
  });
});

test('kills the whole group when a program and its child will not end', async () => {
  const { argv, pids } = stubborn();
  const result = await run({ argv, timeoutMs: 1500 });

  expect(result.status).toBe('uncertain');
  expect(result.endedAt - result.startedAt).toBeGreaterThanOrEqual(6000);
  for (const pid of await pids()) await until('its end', () => !alive(pid));
});

test('leaves no process behind when it is called off', async () => {
  const { argv, pids } = stubborn();
  const calledOff = new AbortController();
  const running = run({ argv }, {}, { signal: calledOff.signal });
  const started = await pids();
  calledOff.abort();

  expect(await running).toMatchObject({ status: 'uncertain', summary: 'called off while it ran' });
  for (const pid of started) await until('its end', () => !alive(pid));
});

test('does not wait for a process that was left running on purpose', async () => {
  const script =
    'const c = require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "inherit", detached: true }); c.unref(); console.log(c.pid)';
  const result = await run({ argv: node(script) });
  const left = Number(result.output);

  expect(result).toMatchObject({ status: 'succeeded' });
  expect(result.endedAt - result.startedAt).toBeLessThan(5000);
  expect(alive(left)).toBe(true);
  process.kill(left, 'SIGKILL');
});

test('keeps the beginning and the end of a long output', async () => {
  const { output } = await run({
    argv: node('console.log("first"); for (let i = 0; i < 100000; i++) console.log("line " + i); console.log("last")'),
  });

  expect(output).toMatch(/^first\nline 0\n/);
  expect(output).toMatch(/line 99999\nlast\n$/);
  expect(output).toMatch(/… \d+ characters left out …/);
  expect(output.length).toBeLessThan(8400);
});

test('shows no secret, neither in the output nor in what it says meanwhile', async () => {
  const said: string[] = [];
  const result = await run(
    {
      argv: node(
        'console.log(process.argv[1], process.env.API_TOKEN, "\\u001b[31mred\\u001b[0m"); setTimeout(() => process.exit(1), 600)',
        '{{password}}',
      ),
      parameters: { password: { type: 'string', secret: true } },
      env: { API_TOKEN: 'tok-12345' },
    },
    { password: 'hunter2' },
    { progress: (line) => said.push(line) },
  );

  expect(result).toMatchObject({
    output: `${masked} ${masked} red\n`,
    summary: `exit code 1: ${masked} ${masked} red`,
  });
  expect(said).toContain(`${masked} ${masked} red`);
});

test('masks a secret that lies on the edge of what is kept', async () => {
  const secret = 'edge-of-the-world-secret';
  for (const before of [2030, 2040, 2047]) {
    const script = `process.stdout.write("x".repeat(${before}) + process.argv[1] + "y".repeat(50000) + process.argv[1] + "z".repeat(${8190 - before - 20}))`;
    const { output } = await run(
      { argv: node(script, '{{s}}'), parameters: { s: { type: 'string', secret: true } } },
      { s: secret },
    );

    expect(output).not.toMatch(/edge|world|secret/);
  }
});
