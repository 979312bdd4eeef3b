import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import getPort from 'get-port';
import { cacheFolders, keep } from '../../scripts/parts/cache.js';
import { isExecutable, onPath } from '../../scripts/parts/executable.js';
import { createClient } from '../../src/evidence/s3.js';
import { until } from './until.js';

const version = 'v1.8.0';
const kept = `versitygw-${version}`;

/**
 * A server that speaks S3 for real, with signatures, checksums and uploads in parts: Versity's gateway on a folder, from
 * the PATH, our cache, or built once by Go. Undefined where none can be had.
 */
const findGateway = async (): Promise<string | undefined> => {
  const [onIt] = await onPath(process.env, 'versitygw');
  if (onIt !== undefined) return onIt;
  const search = { env: process.env, dataDir: '.firebreak', say: (line: string) => console.warn(line) };
  for (const folder of cacheFolders(search)) {
    const path = join(folder, kept, 'versitygw');
    if (await isExecutable(path)) return path;
  }
  const [go] = await onPath(process.env, 'go');
  if (go === undefined) return undefined;
  const folder = await keep(search, kept, async (draft) => {
    await execa(go, ['install', `github.com/versity/versitygw/cmd/versitygw@${version}`], { env: { GOBIN: draft } });
  });
  return join(folder, 'versitygw');
};

export const gateway = await findGateway().catch((error: unknown) => {
  console.warn('no S3 gateway can be had:', error);
  return undefined;
});

const account = { accessKeyId: 'evidence', secretAccessKey: 'only-for-tests-only' };
const region = 'us-east-1';

/** Starts a server with one empty bucket. */
export const startS3Server = async (program: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-s3-'));
  for (const name of ['kept', 'about']) await mkdir(join(folder, name));
  const port = await getPort();
  const stopping = new AbortController();
  const args = ['--access', account.accessKeyId, '--secret', account.secretAccessKey, '--region', region];
  const stores = ['posix', '--sidecar', join(folder, 'about'), join(folder, 'kept')];
  const server = execa(program, [...args, '--port', `127.0.0.1:${port}`, ...stores], {
    reject: false,
    all: true,
    cancelSignal: stopping.signal,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = createClient({ endpoint, region, forcePathStyle: true, credentials: account });
  const bucket = 'evidence-of-tests';
  await until('the bucket', () => client.send(new CreateBucketCommand({ Bucket: bucket })), 30_000);
  return {
    client,
    bucket,
    endpoint,
    /** Where the server keeps an object. */
    fileOf: (key: string): string => join(folder, 'kept', bucket, key),
    stop: async () => {
      client.destroy();
      stopping.abort();
      await server;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
