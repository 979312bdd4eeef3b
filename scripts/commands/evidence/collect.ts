import { basename } from 'node:path';
import { noteOf } from '../../../src/domain/describe/evidence.js';
import { TooLarge, type BlobStore } from '../../../src/evidence/blobs.js';
import { takeOutput } from '../../../src/evidence/fromCommand.js';
import { NotCollectable, type Taken } from '../../../src/evidence/fromFile.js';
import { takePath } from '../../../src/evidence/fromFolder.js';
import { createHashing } from '../../../src/evidence/hashing.js';
import type { ApiClient } from '../../client/api.js';
import { failed, misused } from '../../output/fault.js';
import { colours, print, printJson } from '../../output/terminal.js';
import { apiOf, type ApiOptions } from '../options.js';

type Options = ApiOptions & {
  file?: string;
  command?: boolean;
  reference?: string;
  item?: string;
  method?: string;
  timeout: string;
};

type Wanted = { item: string; method: string; take: (blobs: Pick<BlobStore, 'put'>) => Promise<Taken> };

/** Hands each content in, and compares what arrived with what was read here. */
const uploading = (api: ApiClient, crisis: string): Pick<BlobStore, 'put'> => ({
  async put(content, maxBytes) {
    const { through, seen } = createHashing(maxBytes);
    const kept = await api.keepContent(crisis, through(content));
    const read = seen();
    if (kept.sha256 !== read.sha256)
      throw failed(`what arrived is not what was read: expected SHA-256 ${read.sha256}, came ${kept.sha256}`);
    return read;
  },
});

const timeoutOf = (said: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(said)) throw misused(`--timeout: expected whole seconds; got "${said}"`);
  return Number(said) * 1_000;
};

/** The most is the API's to say. */
const noLimit = Infinity;

const wantedBy = ({ file, command, reference, timeout }: Options, words: readonly string[]): Wanted => {
  const said = [file, command, reference].filter((each) => each !== undefined).length;
  if (said !== 1)
    throw misused('say what to collect: one of --file <path>, --command -- <program>, --reference <where>');
  if (!command && words.length > 0) throw misused(`"${words.join(' ')}" is not expected without --command`);
  if (file !== undefined)
    return {
      item: basename(file),
      method: 'read by firebreak evidence',
      take: (blobs) => takePath(blobs, file, noLimit),
    };
  if (reference !== undefined)
    return {
      item: reference,
      method: 'put on record by firebreak evidence',
      take: () => Promise.resolve({ source: { kind: 'reference', where: reference }, parts: [], caveats: [] }),
    };
  const [program, ...args] = words;
  if (program === undefined) throw misused('--command: expected the program after --, as in: --command -- ss -tanp');
  const env = Object.fromEntries(
    ['PATH', 'HOME', 'LANG'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  const timeoutMs = timeoutOf(timeout);
  return {
    item: basename(program),
    method: 'run by firebreak evidence',
    take: (blobs) => takeOutput(blobs, { program, args, timeoutMs, env }, noLimit),
  };
};

/** Takes it here, hands it in, and has it sealed. */
export const collect = async (crisis: string, words: readonly string[], options: Options): Promise<void> => {
  const { item, method, take } = wantedBy(options, words);
  const api = apiOf(options);
  // Whoever may not see the crisis hears of it before anything is read or run.
  await api.view(crisis);
  const taken = await take(uploading(api, crisis)).catch((error: unknown) => {
    throw error instanceof NotCollectable || error instanceof TooLarge ? failed(error.message) : error;
  });
  const piece = { item: options.item ?? item, method: options.method ?? method, ...taken };
  const kept = await api.collectEvidence(crisis, piece);
  if (options.json) {
    printJson(kept);
    return;
  }
  const { said } = noteOf(kept);
  print(`${colours.green('✔')} ${piece.item}: ${said}; entry ${kept.seq} of the evidence.`);
  for (const { name, sha256, sizeBytes } of taken.parts) print(`  ${sha256}  ${name}  ${sizeBytes} bytes`);
  if (!kept.onTimeline) print(`It is sealed, and not on the timeline: ${kept.why ?? 'no reason is known'}`);
};
