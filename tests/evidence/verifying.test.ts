import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sealed } from '../../src/domain/chain.js';
import type { EvidenceEntry } from '../../src/domain/evidence.js';
import { NoBundle, verifyBundle } from '../../src/evidence/bundle.js';
import { bundleEvidence, faultsInWords } from '../../src/evidence/exporting.js';
import { sha256 } from '../../src/evidence/hashing.js';
import { verifyEvidence } from '../../src/evidence/verifying.js';
import { at, crisisId, createScene } from './support/scene.js';

/** Two files collected and one of them handed over. */
const createCase = async () => {
  const scene = await createScene();
  const { folder, collect, handOver, log } = scene;
  for (const name of ['auth.log', 'shell.bin']) {
    await writeFile(join(folder, name), `content of ${name}`);
    await collect({ crisisId, item: name, by: 'sam', method: 'cp', from: { kind: 'file', path: join(folder, name) } });
  }
  await collect({ crisisId, item: 'disk', by: 'sam', method: 'seized', from: { kind: 'reference', where: 'safe 2' } });
  await handOver({ crisisId, key: '1', item: 'auth.log', by: 'sam', from: 'sam', to: 'kim', why: 'analysis' });
  const entries = await log.read(`evidence:${crisisId}`);
  const verify = (given: readonly Sealed<EvidenceEntry>[] = entries) =>
    verifyEvidence({ crisisId, entries: given, blobs: scene.blobs, hash: sha256, anchors: [entries.at(-1)!] });
  const hashOf = (name: string): string => sha256(`content of ${name}`);
  const makeBundle = async (more: { entries?: Sealed<EvidenceEntry>[] } = {}) => {
    const bundle = await mkdtemp(join(folder, 'bundle-'));
    const tar = `${bundle}.tar`;
    const order = { crisisId, entries, blobs: scene.blobs, by: 'sam', at, ...more };
    const { verdict, content } = await bundleEvidence(order);
    await pipeline(content(), createWriteStream(tar));
    await execa('tar', ['--extract', '--file', tar, '--directory', bundle]);
    return { bundle, tar, verdict };
  };
  return { ...scene, entries, verify, hashOf, makeBundle };
};

const overwrite = async (path: string, change: (content: Buffer) => Buffer | string): Promise<void> => {
  await chmod(path, 0o600);
  await writeFile(path, change(await readFile(path)));
};

test('evidence that nobody touched verifies, and says how much was read', async () => {
  const { verify } = await createCase();

  expect(await verify()).toEqual({ entries: 4, contents: 2, bytes: 39, chain: [], content: [] });
});

test('any single changed byte is found, and the evidence it belongs to is named', async () => {
  const { verify, placeOf, hashOf } = await createCase();
  const path = placeOf(hashOf('shell.bin'));
  const length = (await readFile(path)).length;

  for (let index = 0; index < length; index += 1) {
    const flip = (content: Buffer): Buffer => content.fill(content[index]! ^ 1, index, index + 1);
    await overwrite(path, flip);
    expect((await verify()).content).toMatchObject([{ kind: 'altered', item: 'shell.bin', part: 'shell.bin' }]);
    await overwrite(path, flip);
  }
  expect((await verify()).content).toEqual([]);
});

test('a content that is gone is named', async () => {
  const { verify, placeOf, hashOf } = await createCase();
  await rm(placeOf(hashOf('auth.log')));

  expect((await verify()).content).toMatchObject([{ kind: 'missing', item: 'auth.log' }]);
});

test('a changed, a removed and a senseless entry are named', async () => {
  const { verify, entries } = await createCase();
  const by = (seq: number, entry: unknown) =>
    entries.map((each) => (each.seq === seq ? { ...each, entry: entry as EvidenceEntry } : each));

  expect((await verify(by(3, { ...entries[3]!.entry, to: 'max' }))).chain).toMatchObject([{ kind: 'changed', seq: 3 }]);
  expect((await verify(entries.slice(0, 3))).chain).toMatchObject([{ kind: 'removed', seq: 3 }]);
  expect((await verify(by(1, { type: 'collected', source: 7 }))).chain).toMatchObject([{ kind: 'changed', seq: 1 }]);
});

test('a bundle verifies by itself, with Firebreak, with tar and with sha256sum', async () => {
  const { makeBundle } = await createCase();
  const { bundle, tar, verdict } = await makeBundle();

  expect(await readdir(join(bundle, 'files'))).toEqual(['0001-auth.log-auth.log', '0002-shell.bin-shell.bin']);
  expect(await verifyBundle(bundle)).toEqual({ crisisId, ...verdict });
  expect(await verifyBundle(tar)).toEqual({ crisisId, ...verdict });
  await expect(execa('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: bundle })).resolves.toMatchObject({
    exitCode: 0,
  });
  expect(JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8'))).toMatchObject({
    crisisId,
    exportedAt: '2026-03-02T03:00:00.000Z',
    faults: [],
  });
});

test('whatever is changed in a bundle is found in it', async () => {
  const { makeBundle } = await createCase();
  const { bundle } = await makeBundle();
  const manifest = join(bundle, 'manifest.json');
  const file = join(bundle, 'files', '0001-auth.log-auth.log');

  await overwrite(file, (content) => `${String(content)}!`);
  await overwrite(manifest, (content) => String(content).replace('"to": "kim"', '"to": "max"'));

  const verdict = await verifyBundle(bundle);
  expect(verdict.content).toMatchObject([{ kind: 'altered', item: 'auth.log' }]);
  expect(verdict.chain).toMatchObject([{ kind: 'changed', seq: 3 }]);
  expect(faultsInWords(verdict)[0]).toMatch(/^entry 3 was changed: /);
});

test('a manifest does not lead out of its bundle', async () => {
  const { makeBundle, folder } = await createCase();
  const { bundle } = await makeBundle();
  await writeFile(join(folder, 'outside'), 'content of auth.log');
  await overwrite(join(bundle, 'manifest.json'), (content) =>
    String(content).replace('files/0001-auth.log-auth.log', 'files/../../outside'),
  );

  expect((await verifyBundle(bundle)).content).toMatchObject([{ kind: 'missing', item: 'auth.log' }]);
});

test('damaged evidence is exported with its faults named', async () => {
  const { makeBundle, placeOf, hashOf } = await createCase();
  await rm(placeOf(hashOf('auth.log')));

  const { bundle, verdict } = await makeBundle();

  expect(verdict.content).toHaveLength(1);
  expect(JSON.parse(await readFile(join(bundle, 'manifest.json'), 'utf8'))).toMatchObject({
    faults: [expect.stringContaining('auth.log of auth.log is missing')],
  });
});

test('a byte changed within the tar is found', async () => {
  const { makeBundle } = await createCase();
  const { tar } = await makeBundle();
  await overwrite(tar, (content) => {
    const place = content.indexOf('content of shell.bin');
    return content.fill('C', place, place + 1);
  });

  expect((await verifyBundle(tar)).content).toMatchObject([{ kind: 'altered', item: 'shell.bin' }]);
});

test('what is no bundle, or would lead out of its folder, is refused in words', async () => {
  const { folder } = await createCase();
  const tar = join(folder, 'odd.tar');
  await execa('tar', ['--create', '--file', tar, '--directory', folder, 'auth.log']);

  await expect(verifyBundle(folder)).rejects.toThrow(NoBundle);
  await expect(verifyBundle(folder)).rejects.toThrow('manifest.json');
  await expect(verifyBundle(join(folder, 'gone.tar'))).rejects.toThrow(NoBundle);
  await expect(verifyBundle(tar)).rejects.toThrow('it holds "auth.log", which is not ours');
  await expect(verifyBundle(join(folder, 'auth.log'))).rejects.toThrow(NoBundle);
});
