import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveInput } from '../../src/activities/activities.js';
import { createArchiveActivity } from '../../src/activities/archive.js';
import { openStore } from '../../src/store/openStore.js';
import { freshData } from '../support/freshData.js';
import type { NumberedEvent } from '../../src/domain/record.js';
import type { Store } from '../../src/store/store.js';
import { crisisOf, plan } from '../domain/describe/crisis.js';
import { at, declared, everyEvent } from '../domain/describe/timeline.js';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await freshData('firebreak-archive-');
  store = await openStore({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const inputFor = (crisisId: string): ArchiveInput => {
  const happened = [{ ...declared, crisisId }, everyEvent.noted, { ...everyEvent.closed, at: at(39) }];
  return {
    workflowId: `crisis:${crisisId}`,
    runId: 'run-1',
    crisis: crisisOf(happened),
    plan,
    events: happened.map((event, seq) => ({ seq, event })),
  };
};
const history = { events: [{ eventId: '1' }] };
const write = (name: string, text: string) => writeFile(join(folder, name), text);
const exportHistory = () => Promise.resolve(history);
const archiveWith = (needs: Partial<Parameters<typeof createArchiveActivity>[0]>, input: ArchiveInput) =>
  new MockActivityEnvironment().run(
    createArchiveActivity({ store: () => store, exportHistory, write, ...needs }).archive,
    input,
  );

test('keeps the history and leaves the draft where people find it', async () => {
  await archiveWith({}, inputFor('kept'));

  const archived = await store.archived('kept');
  expect(archived).toMatchObject({ workflowId: 'crisis:kept', runId: 'run-1', closedAt: at(39), history });
  expect(await readFile(join(folder, 'postmortem-kept.md'), 'utf8')).toBe(archived?.postmortem);
  expect(archived?.postmortem).toContain('# Post-mortem: Shop is down');
});

test('puts the timeline together from what the store has and what the workflow still holds', async () => {
  const input = inputFor('whole');
  const [first, ...rest] = input.events as [NumberedEvent, ...NumberedEvent[]];
  await store.project({ ...input, events: [first] });

  await archiveWith({}, { ...input, events: rest });

  const draft = (await store.archived('whole'))?.postmortem ?? '';
  expect(draft.match(/<a id="entry-\d+">/g)).toEqual(['<a id="entry-0">', '<a id="entry-1">', '<a id="entry-2">']);
});

test('a second run leaves alone what somebody has begun to edit', async () => {
  await archiveWith({}, inputFor('edited'));
  await write('postmortem-edited.md', 'the root cause is known now');

  await archiveWith({}, inputFor('edited'));

  expect(await readFile(join(folder, 'postmortem-edited.md'), 'utf8')).toBe('the root cause is known now');
});

test('a run that died half-way is done again to the end', async () => {
  const dies = () => Promise.reject(new Error('the disk is full'));
  await expect(archiveWith({ write: dies }, inputFor('again'))).rejects.toThrow('the disk is full');
  expect(await store.archived('again')).toBeUndefined();

  await archiveWith({}, inputFor('again'));

  expect(await store.archived('again')).toBeDefined();
});

test('waits for the store while the database cannot be reached', async () => {
  await expect(archiveWith({ store: () => undefined }, inputFor('waits'))).rejects.toMatchObject({
    type: 'StoreUnreachable',
    nonRetryable: false,
  });
});

test('a crisis id cannot lead out of the folder', async () => {
  await archiveWith({}, inputFor('../../etc/passwd'));

  expect(await readdir(folder)).toContain('postmortem-.._.._etc_passwd.md');
});
