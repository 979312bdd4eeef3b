import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { sizeCalled } from '../../../src/domain/describe/evidence.js';
import { verifyBundle } from '../../../src/evidence/bundle.js';
import { faultsInWords } from '../../../src/evidence/exporting.js';
import { failed } from '../../output/fault.js';
import { colours, print, printJson } from '../../output/terminal.js';
import { apiOf, type ApiOptions } from '../options.js';

/** Writes the bundle and verifies what was written; a half one never bears the name. */
export const exportTo = async (crisis: string, { to, ...options }: ApiOptions & { to: string }): Promise<void> => {
  if (await stat(to).catch(() => undefined)) throw failed(`${to} exists already; evidence is not written over`);
  const { body } = await apiOf(options).evidenceBundle(crisis);
  if (!body) throw failed('the API answered with nothing');
  const draft = `${to}.part`;
  try {
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    const verdict = await verifyBundle(draft);
    await rename(draft, to);
    const faults = faultsInWords(verdict);
    const { size } = await stat(to);
    if (options.json) printJson({ to, size, ...verdict, faults });
    else
      print(
        `${colours.green('✔')} ${to}: ${sizeCalled(size)}, ${verdict.entries} entries, ${verdict.contents} contents.`,
      );
    if (faults.length > 0)
      throw failed([`What was exported was damaged already:`, ...faults.map((each) => `  ${each}`)].join('\n'));
  } finally {
    await rm(draft, { force: true });
  }
};
