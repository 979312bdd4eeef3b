import { expect, test } from '@jest/globals';
import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../../src/config/settings.js';
import { watchSettings } from '../../src/config/watch.js';
import { write, yamlWith } from './support/marked.js';

const named = (organisation: string) => yamlWith({ more: `organisation: ${organisation}` });

/** Watches a file that says `before`, and tells in words what it was told. */
const watched = async () => {
  const file = await write(named('before'));
  const first = await readSettings(file, { env: {} });
  const told: string[] = [];
  const { close } = watchSettings(file, ({ settings }) => told.push(settings.organisation), {
    env: {},
    ...('hash' in first && { hash: first.hash }),
    onRefused: (faults) => told.push(`refused: ${faults.map(({ message }) => message).join()}`),
  });
  /** Resolves when exactly this was told so far; jest's own limit ends a hopeless wait. */
  const until = async (...expected: string[]) => {
    while (told.length < expected.length) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toEqual(expected);
  };
  return { file, until, close };
};

test('hands over new settings when they are valid, and keeps the old ones when they are not', async () => {
  const { file, until, close } = await watched();
  const refusal = 'refused: there is no setting "organsation"; did you mean "organisation"?';

  await writeFile(file, named('after'));
  await until('after');
  await writeFile(file, yamlWith({ more: 'organsation: oops' }));
  await until('after', refusal);
  await writeFile(file, named('later'));
  await until('after', refusal, 'later');

  close();
});

test('goes on watching when an editor replaces the file', async () => {
  const { file, until, close } = await watched();

  for (const organisation of ['one', 'two']) {
    await writeFile(`${file}.new`, named(organisation));
    await rename(`${file}.new`, file);
    await until(...(organisation === 'one' ? ['one'] : ['one', 'two']));
  }

  close();
});

test('stays silent when nothing was changed but the spelling', async () => {
  const { file, until, close } = await watched();

  await writeFile(file, `# a remark\n${named('before')}`);
  await writeFile(`${file}.swp`, 'what an editor leaves');
  await writeFile(file, named('after'));
  await until('after');

  close();
});

test('does not read again for what else is written into the folder', async () => {
  let reads = 0;
  const env = {
    get ORGANISATION() {
      reads++;
      return 'before';
    },
  };
  const file = await write(named('${ORGANISATION}'));
  await readSettings(file, { env });
  const once = reads;
  const { close } = watchSettings(file, () => undefined, { env });
  for (let i = 0; i < 4; i++) {
    await writeFile(`${file}.db`, String(i));
    await sleep(150);
  }

  close();
  expect(reads).toBe(2 * once);
});
