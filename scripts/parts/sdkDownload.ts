import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

/** The SDK asks for an address first; until that is answered no file appears. */
const answerWithinMs = 10_000;
const finishWithinMs = 180_000;

// A process of its own, because the SDK's runtime can be set up only once in a process and a download cannot be called off.
const download = `
  import { TestWorkflowEnvironment } from '@temporalio/testing';
  const [, downloadDir] = process.argv;
  const env = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } });
  await env.teardown();
`;

/**
 * Lets the Temporal SDK download its development server into `<folder>/bin/temporal`.
 * Throws where the SDK's testing package is not installed, or its site cannot be reached within ten seconds.
 */
export async function downloadBySdk(folder: string): Promise<void> {
  const into = join(folder, 'sdk');
  await mkdir(into);
  const calledOff = new AbortController();
  const child = execa(process.execPath, ['--input-type=module', '--eval', download, into], {
    cwd: import.meta.dirname,
    reject: false,
    timeout: finishWithinMs,
    cancelSignal: calledOff.signal,
    stdin: 'ignore',
  });
  const unheard = sleep(answerWithinMs, undefined, { signal: calledOff.signal }).then(
    async () => {
      if ((await readdir(into)).length === 0) calledOff.abort();
    },
    () => undefined,
  );
  const { failed, isCanceled, stderr, shortMessage } = await child;
  calledOff.abort();
  await unheard;
  if (isCanceled) throw new Error(`no answer from temporal.download within ${answerWithinMs / 1000} s`);
  if (failed) throw new Error(/^\w*Error.*$/m.exec(stderr)?.[0] ?? shortMessage);
  await takeIt(into, folder);
}

async function takeIt(from: string, folder: string): Promise<void> {
  const file = (await readdir(from)).find((name) => !name.endsWith('.downloading'));
  if (file === undefined) throw new Error('the SDK left no binary behind');
  await mkdir(join(folder, 'bin'));
  await rename(join(from, file), join(folder, 'bin', 'temporal'));
}
