import { expect, test } from '@jest/globals';
import { entries } from '../../../scripts/commands/entries.js';
import { cli } from './support/cli.js';

test.each(entries.map(({ name }) => name))('the help of %s shows what one really types', async (name) => {
  const { code, stdout } = await cli([name, '--help']);

  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\n(.|\n)*npx firebreak ${name}`));
});

test('the overview names every command, and says how to go on', async () => {
  const { code, stdout } = await cli(['--help']);

  expect(code).toBe(0);
  for (const { name, summary } of entries) expect(stdout).toMatch(new RegExp(` ${name} .*${summary}`));
  expect(stdout).toContain('Exit codes: 0 done, 1 refused or failed, 2 wrongly used.');
});

test('says which release it is', async () => {
  expect(await cli(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

test('nothing said is no use: the overview, and exit code 2', async () => {
  const { code, stdout } = await cli([]);

  expect(code).toBe(2);
  expect(stdout).toContain('Usage: firebreak');
});

test.each([
  [['lst'], "unknown command 'lst'", 'list?'],
  [['list', '--sevrity', 'P0'], "unknown option '--sevrity'", '--severity?'],
  [['show'], "missing required argument 'crisis'", 'npx firebreak show --help'],
  [['config'], 'Say which command', 'npx firebreak'],
])('%j is told what is wrong with it, and exits with 2', async (args, wrong, way) => {
  const { code, stdout, stderr } = await cli(args);

  expect(code).toBe(2);
  expect(stderr).toContain(wrong);
  expect(stderr).toContain(way);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(stdout).toBe('');
});
