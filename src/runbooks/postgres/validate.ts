import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { z } from 'zod';
import { counted } from '../../domain/describe/words.js';
import { stoppedAt } from './backups.js';
import { faultsOf, runChecks, shown } from './checks.js';
import { isClosed, serverTime } from './closing.js';
import { freshOnes } from './fresh.js';
import { setMark, type Mark } from './mark.js';
import type { Done, Job, Operation } from './operation.js';
import { BadBackup, Refusal } from './refusal.js';
import { countRows, sumOf, type TableRows } from './tables.js';
import { isRecovered } from './writes.js';

/** What lay in each table when the dump was made: `<dump>.json`, beside it. */
const Manifest = z.object({
  tables: z.record(z.string(), z.object({ rows: z.number().int().min(0), checksum: z.string().optional() })),
});
type Manifest = z.infer<typeof Manifest>;

export const manifestOf = async ({ database }: Job, backup: string): Promise<Manifest | undefined> => {
  const file = join(database.backups.folder, `${backup}.json`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new BadBackup(`${file} is not a list of tables with their rows`);
  }
};

const differences = async (session: Client, { tables }: Manifest, counted: readonly TableRows[]): Promise<string[]> => {
  const found: string[] = [];
  for (const [name, expected] of Object.entries(tables)) {
    const table = counted.find((one) => one.name === name);
    if (!table) found.push(`${name} is missing`);
    else if (table.rows !== expected.rows) found.push(`${name} has ${table.rows} rows instead of ${expected.rows}`);
    else if (expected.checksum !== undefined && (await sumOf(session, name)) !== expected.checksum)
      found.push(`${name} has another checksum than when it was dumped`);
  }
  return found;
};

type Looked = { rows: number; faults: string[] };

/** Counts every row, holds the tables against the list that was made with the dump, and asks every check. */
export const look = async (job: Job, name: string, manifest: Manifest | undefined): Promise<Looked> => {
  const session = await job.sessions.inside(name, false);
  const tables = await countRows(session);
  for (const { name: table, rows } of tables) job.say(`${rows} rows  ${table}`);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const answers = await runChecks(session, job.database.checks);
  for (const answer of answers) job.say(shown(answer));
  return {
    rows,
    faults: [
      ...(rows === 0 ? ['there is not a single row in it'] : []),
      ...(manifest ? await differences(session, manifest, tables) : []),
      ...(answers.every(({ ok }) => ok) ? [] : [faultsOf(answers)]),
    ],
  };
};

/** Statistics are no part of a dump, and without them the first questions would be slow. */
const analyse = async ({ sessions }: Job, name: string): Promise<void> => {
  await (await sessions.inside(name, true)).query('analyze');
};

const validatedMark = async (job: Job, from: Mark, { rows }: Looked): Promise<Mark> => ({
  state: 'validated',
  crisis: job.crisis,
  ...(from.state === 'restored' && { backup: from.backup, sha256: from.sha256, backupAt: from.backupAt }),
  stoppedAt: await stoppedAt(job),
  validatedAt: await serverTime(job.admin),
  rows,
  checks: job.database.checks.map(({ title }) => title),
});

const passed = ({ database: { checks } }: Job, name: string, { rows }: Looked): Done => ({
  summary: `"${name}" is sound: ${counted(rows, 'row')}, all of ${counted(checks.length, 'check')} hold`,
});

/** The data as it is, where nothing had to be restored. It must be closed, so that what is looked at is what is opened. */
const validateLive = async (job: Job): Promise<Done> => {
  const { name } = job.database;
  const stopped: Mark = { state: 'stopped', crisis: job.crisis, stoppedAt: await stoppedAt(job) };
  if (!(await isClosed(job.admin, job.database))) throw new Refusal(`writes to "${name}" are not stopped`);
  const looked = await look(job, name, undefined);
  if (looked.faults.length > 0) throw new Refusal(looked.faults.join('; '));
  await setMark(job.admin, name, await validatedMark(job, stopped, looked));
  return passed(job, name, looked);
};

/**
 * Looks at what was restored: every row counted, the tables held against the list made with the dump, every configured check
 * asked. What passes is marked as validated, on the database itself; what does not is marked as not to be used.
 */
export const validate: Operation = async (job) => {
  const { admin, crisis, values } = job;
  if (await isRecovered(job)) return { summary: `"${job.database.name}" is recovered and validated already` };
  if (values['of'] === 'live') return validateLive(job);
  const fresh = await freshOnes(job);
  const found = fresh.find(({ mark }) => mark?.state === 'restored' || mark?.state === 'validated');
  const rejected = fresh.find(({ mark }) => mark?.state === 'rejected')?.mark;
  // An earlier attempt has found it bad, and nobody heard of that.
  if (!found && rejected?.state === 'rejected')
    throw new BadBackup(`${rejected.backup} is not sound: ${rejected.reason}`);
  if (!found?.mark) throw new Refusal('there is nothing restored that could be validated');
  const { name, mark } = found;
  if (mark.state === 'validated') return { summary: `"${name}" is validated already` };
  if (mark.state !== 'restored') throw new Refusal(`"${name}" is ${mark.state}`);
  const looked = await look(job, name, await manifestOf(job, mark.backup));
  if (looked.faults.length > 0) {
    const reason = looked.faults.join('; ').slice(0, 500);
    await setMark(admin, name, { state: 'rejected', crisis, backup: mark.backup, reason });
    throw new BadBackup(`${mark.backup} is not sound: ${reason}`);
  }
  await analyse(job, name);
  await setMark(admin, name, await validatedMark(job, mark, looked));
  return passed(job, name, looked);
};
