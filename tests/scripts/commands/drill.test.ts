import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import getPort from 'get-port';
import { stringify } from 'yaml';
import { cli } from './support/cli.js';

test('a scale that makes no sense is refused before anything is started', async () => {
  const { code, stderr } = await cli(['drill', 'examples/drills/nobody-answers.yaml', '--scale', '0']);
  expect(code).toBe(2);
  expect(stderr).toContain('--scale: expected a number from 1 to 3600; got "0"');
});

test('a scenario that is not there is named', async () => {
  const { code, stderr } = await cli(['drill', 'nowhere.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain('nowhere.yaml: there is no such file');
});

test('a scenario that does not fit the configuration is refused before anything is started', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'firebreak-drill-')), 'elsewhere.yaml');
  await writeFile(file, stringify({ id: 'elsewhere', title: 'It is down', service: 'ferry', until: '5m' }));
  const port = String(await getPort());
  const { code, stderr } = await cli(['drill', file], { FIREBREAK_TEMPORAL_PORT: port });
  expect(code).toBe(2);
  expect(stderr).toContain('service: there is no service "ferry"; there are ');
  expect(stderr).not.toContain('brings one of its own');
});

test('a schedule wants an interval that people can live with', async () => {
  const { code, stderr } = await cli(['drill', 'schedule', 'examples/drills/nobody-answers.yaml', '--every', '5s']);
  expect(code).toBe(2);
  expect(stderr).toContain('--every: expected a duration of a minute or more');
});

test('planned and held drills are listed by the server that knows them, and without one that is said', async () => {
  const { code, stderr } = await cli(['drill', 'list'], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
  expect(code).toBe(1);
  expect(stderr).toContain('the Temporal server at 127.0.0.1:9 cannot be used');
}, 30_000);
