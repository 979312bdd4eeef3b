import { expect, test } from '@jest/globals';
import type { ToAudit } from '../../src/domain/auditing.js';
import { createAuditor } from '../../src/workers/auditor.js';

const entry = (key: string): ToAudit => ({
  key,
  at: 0,
  who: { id: 'ana', proof: 'api key' },
  what: 'create key',
  on: {},
  authority: { kind: 'administrator', of: [] },
  outcome: 'done',
});

/** A database that can be away. */
const started = () => {
  const database = { isUp: true, kept: [] as string[] };
  const said: string[] = [];
  const audit = {
    note: ({ key, ...noted }: ToAudit) => {
      database.kept.push(key);
      return Promise.resolve({ seq: 0, entry: noted, previous: '', hash: '' });
    },
  };
  const auditor = createAuditor({ audit: () => (database.isUp ? audit : undefined), say: (line) => said.push(line) });
  return { database, said, ...auditor };
};

test('what is noted while the database is away is written when it is back, in its order', async () => {
  const { database, note, close } = started();
  database.isUp = false;
  note(entry('one'));
  note(entry('two'));
  database.isUp = true;
  await close();

  expect(database.kept).toEqual(['one', 'two']);
});

test('what waits is bounded, and what is let go is said aloud', async () => {
  const { database, note, close, said } = started();
  database.isUp = false;
  for (let nth = 0; nth < 1_002; nth++) note(entry(String(nth)));
  database.isUp = true;
  await close();

  expect(database.kept).toHaveLength(1_000);
  expect(said).toHaveLength(2);
});
