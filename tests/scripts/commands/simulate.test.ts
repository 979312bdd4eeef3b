import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Simulation } from '../../../scripts/rehearsal/simulation.js';
import { cli, documentOf } from './support/cli.js';

const config = 'examples/drills/organisation/firebreak.yaml';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebreak-simulate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const written = async (text: string): Promise<string> => {
  const file = join(folder, 'scenario.yaml');
  await writeFile(file, text);
  return file;
};

test('every scenario of the examples comes out as it expects', async () => {
  const files = (await readdir('examples/drills')).filter((name) => name.endsWith('.yaml'));
  expect(files).toHaveLength(6);
  for (const file of files) {
    const { code, stdout } = await cli(['simulate', join('examples/drills', file), '--config', config]);
    expect({ file, code, wrong: stdout.split('\n').filter((line) => line.startsWith('✘  ')) }).toEqual({
      file,
      code: 0,
      wrong: [],
    });
  }
}, 120_000);

test('without a scenario it says who is paged when nobody answers, and when management hears', async () => {
  const ran = await cli(['simulate', '--service', 'shop', '--config', config, '--json']);
  expect(ran.code).toBe(0);
  const { pages, budgets, management } = documentOf(ran) as unknown as Simulation;
  const minutes = (ms: number) => Math.round(ms / 60_000);
  expect(pages.slice(0, 7).map(({ afterMs, person }) => [minutes(afterMs), person])).toEqual([
    [0, 'ana'],
    [1, 'ana'],
    [2, 'ben'],
    [4, 'ana'],
    [4, 'ben'],
    [4, 'chris'],
    [5, 'mia'],
  ]);
  expect(budgets.map(({ afterMs }) => minutes(afterMs)).slice(0, 3)).toEqual([5, 30, 120]);
  expect(management.map(({ rung }) => rung)).toContain('engineering-manager');
});

test('what does not come as expected is shown, and the exit code is 1', async () => {
  const file = await written(
    'id: hope\ntitle: Somebody will answer\nservice: shop\nfacts: { completeOutage: true }\nuntil: 10m\nexpect: { engagedWithinMs: 5m }\n',
  );
  const { code, stdout } = await cli(['simulate', file, '--config', config]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✘\s+somebody is engaged\s+within 5m\s+never/);
});

test('faults in a scenario are named with their lines, and what the configuration does not have is named too', async () => {
  const wrong = await written(
    'id: x\ntitle: T\nservice: shop\nuntil: soon\nat:\n  - { after: 1m, answer: { by: ana, how: sing } }\n',
  );
  const read = await cli(['simulate', wrong, '--config', config]);
  expect(read.code).toBe(2);
  expect(read.stderr).toMatch(/scenario\.yaml:4:8 until: expected a duration such as 30s, 5m or 2h; got "soon"/);
  expect(read.stderr).toMatch(/scenario\.yaml:6:\d+ at\.0\.answer\.how: expected one of acknowledge, decline/);

  const strange = await written('id: x\ntitle: T\nservice: shp\nuntil: 5m\ntargets: [dance]\n');
  const fits = await cli(['simulate', strange, '--config', config]);
  expect(fits.code).toBe(2);
  expect(fits.stderr).toContain('there is no service "shp"');
  expect(fits.stderr).toContain('targets: there is no action "dance"');
});
