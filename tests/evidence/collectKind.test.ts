import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CollectAction, type ActionResult } from '../../src/domain/action.js';
import type { Collected } from '../../src/domain/evidence.js';
import { createCollectKind } from '../../src/evidence/collectKind.js';
import { at, crisisId, createScene } from './support/scene.js';

const begin = async () => {
  const scene = await createScene();
  const kind = createCollectKind(scene, () => at);
  return {
    ...scene,
    run: (take: object[], key = `${crisisId}/run/preserve/12`): Promise<ActionResult> =>
      kind.run(
        CollectAction.parse({ kind: 'collect', title: 'Preserve', take, parameters: { host: { default: 'web-1' } } }),
        {},
        {
          key,
          on: { crisisId, authority: 'approved by sam' },
          signal: new AbortController().signal,
          progress: () => undefined,
        },
      ),
    entries: async () => (await scene.log.read(`evidence:${crisisId}`)).map(({ entry }) => entry as Collected),
  };
};

test('an action collects files, folders, output and references, each an entry with its authority', async () => {
  const { folder, run, entries } = await begin();
  await mkdir(join(folder, 'site', 'pictures'), { recursive: true });
  await writeFile(join(folder, 'site', 'index.html'), 'hello');
  await writeFile(join(folder, 'site', 'pictures', 'x.js'), 'steal()');
  await symlink('/etc/passwd', join(folder, 'site', 'link'));

  const result = await run([
    { item: 'site', path: join(folder, 'site') },
    { item: 'name', argv: [process.execPath, '-p', '"{{host}}"'] },
    { item: 'disk', reference: 'snapshot of {{host}}' },
  ]);

  expect(result).toMatchObject({ status: 'succeeded', summary: '3 pieces of evidence collected' });
  expect(result.evidence).toMatchObject([
    { did: 'collected', item: 'preserve-12/site', seq: 0 },
    { did: 'collected', item: 'preserve-12/name', seq: 1 },
    { did: 'collected', item: 'preserve-12/disk', seq: 2 },
  ]);
  expect(await entries()).toMatchObject([
    {
      by: 'firebreak',
      method: 'Preserve; authority: approved by sam',
      parts: [{ name: 'index.html' }, { name: 'pictures/x.js' }],
      caveats: ['link was left out: it is no regular file.'],
    },
    { source: { kind: 'command', args: ['-p', '"web-1"'], ended: 'exit code 0' } },
    { source: { kind: 'reference', where: 'snapshot of web-1' } },
  ]);
});

test('a piece that cannot be had keeps no other from being collected, and is named', async () => {
  const { folder, run, entries } = await begin();
  await writeFile(join(folder, 'log'), 'x');

  const result = await run([
    { item: 'gone', path: join(folder, 'gone') },
    { item: 'log', path: join(folder, 'log') },
  ]);

  expect(result).toMatchObject({ status: 'failed', evidence: [{ item: 'preserve-12/log' }] });
  expect(result.summary).toMatch(/^1 piece of evidence collected; not gone: \/.*\/gone/);
  expect(await entries()).toHaveLength(1);
});

test('run again under its key it goes on where it stopped; another run collects anew', async () => {
  const { folder, run, entries } = await begin();
  const path = join(folder, 'log');
  await writeFile(path, 'first');
  await run([{ item: 'log', path }]);
  await writeFile(path, 'second');

  await run([{ item: 'log', path }]);
  expect(await entries()).toHaveLength(1);
  await run([{ item: 'log', path }], `${crisisId}/run/preserve/31`);
  expect((await entries()).map(({ item }) => item)).toEqual(['preserve-12/log', 'preserve-31/log']);
});
