import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NoSuchBlob, TooLarge } from '../../src/evidence/blobs.js';
import { NotCollectable } from '../../src/evidence/fromFile.js';
import { until } from '../support/until.js';
import { at, crisisId, createScene } from './support/scene.js';

const who = { crisisId, by: 'sam', method: 'read over ssh' };
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

test('a file is kept by its content, with who took it from where, when and how', async () => {
  const { folder, blobs, collect } = await createScene();
  const path = join(folder, 'auth.log');
  const content = randomBytes(3_000_000);
  await writeFile(path, content);

  const { seq, entry } = await collect({ ...who, item: 'auth-log', from: { kind: 'file', path } });

  expect(seq).toBe(0);
  expect(entry).toMatchObject({ type: 'collected', item: 'auth-log', at, by: 'sam', method: 'read over ssh' });
  expect(entry).toMatchObject({
    source: { kind: 'file', path },
    parts: [{ name: 'auth.log', sha256: sha256(content), sizeBytes: 3_000_000 }],
    caveats: [],
  });
  expect((await buffer(await blobs.open(sha256(content)))).equals(content)).toBe(true);
});

test('what a program prints is kept, both streams apart, whatever its exit code', async () => {
  const { blobs, collect } = await createScene();
  const script =
    'process.stdout.write("tcp 10.0.0.7:4444"); process.stderr.write("one socket unread"); process.exit(3)';

  const { entry } = await collect({
    ...who,
    item: 'sockets',
    from: { kind: 'command', program: process.execPath, args: ['-e', script], timeoutMs: 20_000 },
  });

  expect(entry).toMatchObject({
    source: { kind: 'command', program: process.execPath, ended: 'exit code 3' },
    parts: [
      { name: 'stdout', sha256: sha256('tcp 10.0.0.7:4444') },
      { name: 'stderr', sha256: sha256('one socket unread') },
    ],
  });
  expect(String(await buffer(await blobs.open(sha256('one socket unread'))))).toBe('one socket unread');
});

test('a program that takes too long is stopped, and what it had printed is kept with a caveat', async () => {
  const { collect } = await createScene();

  const { entry } = await collect({
    ...who,
    item: 'slow',
    from: {
      kind: 'command',
      program: process.execPath,
      args: ['-e', 'process.stdout.write("first"); setInterval(() => {}, 1000)'],
      timeoutMs: 1_500,
    },
  });

  expect(entry).toMatchObject({ source: { ended: 'ended by SIGTERM' }, parts: [{ sha256: sha256('first') }, {}] });
  expect(entry).toMatchObject({ caveats: [expect.stringContaining('cut off')] });
});

test('a program that is called off leaves nothing running and no entry', async () => {
  const { folder, collect, log } = await createScene();
  const pidFile = join(folder, 'pid');
  const calling = new AbortController();
  const from = {
    kind: 'command',
    program: 'sh',
    args: ['-c', `echo $$ > ${pidFile}; exec sleep 60`],
    timeoutMs: 60_000,
  } as const;

  const collecting = collect({ ...who, item: 'called-off', from }, calling.signal);
  const pid = await until(
    'the program runs',
    async () => Number(await readFile(pidFile, 'utf8').catch(() => '')) || undefined,
  );
  calling.abort();

  await expect(collecting).rejects.toThrow('sh: called off');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await log.read(`evidence:${crisisId}`)).toEqual([]);
});

test('collected again under the same name it is kept once, and the program does not run again', async () => {
  const { folder, collect, log } = await createScene();
  const trace = join(folder, 'runs');
  const order = {
    ...who,
    item: 'once',
    from: { kind: 'command', program: 'sh', args: ['-c', `echo run >> ${trace}`], timeoutMs: 20_000 },
  } as const;

  const first = await collect(order);

  expect(await collect(order)).toEqual(first);
  expect(await readFile(trace, 'utf8')).toBe('run\n');
  expect(await log.read(`evidence:${crisisId}`)).toHaveLength(1);
});

test('a reference and every hand-over stand in the same chain', async () => {
  const { collect, handOver, log } = await createScene();
  await collect({ ...who, item: 'disk', from: { kind: 'reference', where: 'safe 2, bag 4711' } });
  const order = { crisisId, key: 'h1', item: 'disk', by: 'sam', from: 'sam', to: 'police', why: 'seized' };

  const { seq } = await handOver(order);

  expect(await handOver(order)).toMatchObject({ seq });
  expect((await log.read(`evidence:${crisisId}`)).map(({ entry }) => entry.type)).toEqual(['collected', 'handedOver']);
  await expect(handOver({ ...order, key: 'h2', item: 'another' })).rejects.toThrow(
    `item: expected a piece of evidence of ${crisisId}, came another`,
  );
});

test('what is no regular file, is not there or cannot be started is refused in words', async () => {
  const { folder, collect } = await createScene();
  const pipe = join(folder, 'pipe');
  await execa('mkfifo', [pipe]);
  const file = (path: string) => collect({ ...who, item: path, from: { kind: 'file', path } });

  await expect(file(pipe)).rejects.toThrow(`${pipe}: expected a regular file`);
  await expect(file(folder)).rejects.toThrow('expected a regular file');
  await expect(file(join(folder, 'gone'))).rejects.toThrow(NotCollectable);
  await expect(
    collect({ ...who, item: 'x', from: { kind: 'command', program: 'no-such', args: [], timeoutMs: 1_000 } }),
  ).rejects.toThrow('no-such did not start: ');
});

test('a link is followed and said to have been one', async () => {
  const { folder, collect } = await createScene();
  const [real, link] = [join(folder, 'real'), join(folder, 'link')];
  await writeFile(real, 'x');
  await symlink(real, link);

  const { entry } = await collect({ ...who, item: 'link', from: { kind: 'file', path: link } });

  expect(entry).toMatchObject({ source: { path: real }, caveats: [`It was asked for as ${link}.`] });
});

test('more than allowed is refused, and nothing of it stays', async () => {
  const { folder, collect, log } = await createScene(1_000);
  const path = join(folder, 'huge');
  await writeFile(path, Buffer.alloc(1_001));
  const endless = { kind: 'command', program: 'yes', args: [], timeoutMs: 20_000 } as const;

  await expect(collect({ ...who, item: 'huge', from: { kind: 'file', path } })).rejects.toThrow(TooLarge);
  await expect(collect({ ...who, item: 'endless', from: endless })).rejects.toThrow(TooLarge);

  expect(await readdir(join(folder, 'kept', 'drafts'))).toEqual([]);
  expect(await log.read(`evidence:${crisisId}`)).toEqual([]);
});

test('a stream that breaks leaves nothing behind', async () => {
  const { folder, blobs } = await createScene();
  const breaking = Readable.from(
    (function* () {
      yield Buffer.from('half');
      throw new Error('the disk went away');
    })(),
  );

  await expect(blobs.put(breaking, 100)).rejects.toThrow('the disk went away');
  expect(await readdir(join(folder, 'kept', 'drafts'))).toEqual([]);
});

test('the same content is kept once, and mends a copy that was damaged', async () => {
  const { folder, blobs, placeOf } = await createScene();
  const { sha256: hash } = await blobs.put(Readable.from([Buffer.from('same')]), 100);
  await writeFile(placeOf(hash), 'damaged');

  await blobs.put(Readable.from([Buffer.from('same')]), 100);

  expect(await readFile(placeOf(hash), 'utf8')).toBe('same');
  expect(await readdir(join(folder, 'kept', hash.slice(0, 2)))).toEqual([hash]);
});

test.each(['../../etc/passwd', 'abc', ''])('%j is no hash, and nothing is opened for it', async (hash) => {
  const { folder, blobs } = await createScene();
  await mkdir(join(folder, 'kept'), { recursive: true });

  await expect(blobs.open(hash)).rejects.toThrow(NoSuchBlob);
});
