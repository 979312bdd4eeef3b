import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Stage } from './following.js';
import type { Keyed } from './people.js';
import type { Portal } from './portal.js';

type Proving = { crisisId: string; portal: Portal; sam: Keyed };

/** Changes the last byte of a kept content, as whoever has the disk can; answers with how to put it back. */
const tamper = async (path: string): Promise<() => Promise<void>> => {
  const was = await readFile(path);
  const changed = Buffer.from(was);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  await chmod(path, 0o600);
  await writeFile(path, changed);
  return () => writeFile(path, was);
};

const mustEndWith = (expected: number, code: number): void => {
  if (code !== expected) throw new Error(`expected exit code ${expected}, came ${code}`);
};

/** One more piece by hand, a hand-over, a changed byte that is found, and a bundle that proves itself. */
export const proveEvidence = async (stage: Stage, { crisisId, portal, sam }: Proving): Promise<void> => {
  const { narrator, stack, folder } = stage;
  const evidence = (...words: string[]) => sam.type('evidence', ...words);
  const log = relative('.', join(portal.state, 'customers', 'access.log'));
  mustEndWith(0, await evidence('collect', crisisId, '--item', 'log-after', '--file', log));
  mustEndWith(
    0,
    await evidence('hand-over', crisisId, '--item', 'log-after', '--to', 'Kim Keller', '--why', 'counsel'),
  );

  const implant = portal.hashes()['pictures/thumbnail.js'] ?? '';
  const kept = join(stack.ground.environment.data, 'evidence', implant.slice(0, 2), implant);
  const putBack = await tamper(kept);
  narrator.say(`one byte of ${relative('.', kept).slice(0, 60)}… is another one now`);
  mustEndWith(1, await evidence('verify', crisisId));
  await putBack();
  narrator.say('the byte is put back');
  mustEndWith(0, await evidence('verify', crisisId));
  mustEndWith(0, await evidence('export', crisisId, '--to', relative('.', join(folder, 'evidence.tar'))));
};
