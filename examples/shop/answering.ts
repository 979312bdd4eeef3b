import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { urlOf } from './supervisor.js';

const askEveryMs = 50;

const versionAt = async (url: string): Promise<string> => {
  try {
    const { body } = await request(`${url}/version`, { signal: AbortSignal.timeout(2_000), reset: true });
    const { version } = z.object({ version: z.string() }).parse(await body.json());
    return version;
  } catch (error) {
    return error instanceof Error ? `no version (${error.message})` : 'no version';
  }
};

/** Waits until the shop itself says that this version answers; throws with what answered instead. */
export const waitUntilAnswers = async (state: string, version: string, limitMs: number): Promise<void> => {
  const url = urlOf(state);
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answering = await versionAt(url);
    if (answering === version) return;
    if (performance.now() > deadline)
      throw new Error(`after ${limitMs} ms ${url} answers with ${answering} and not with ${version}`);
    await sleep(askEveryMs);
  }
};
