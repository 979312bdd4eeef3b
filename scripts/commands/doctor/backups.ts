import type { Database } from '../../../src/domain/database.js';
import { spoken } from '../../../src/domain/duration.js';
import { databaseAction } from '../../../src/domain/databaseActions.js';
import type { Settings } from '../../../src/domain/settings.js';
import { createKinds } from '../../../src/runbooks/kinds.js';
import { readBackups, type Backup } from '../../../src/runbooks/postgres/backups.js';
import { examined, fail, ok, warn, type Finding } from './finding.js';

type Environment = Readonly<Record<string, string | undefined>>;

const about = 'backups';

const mend = 'mend it before it is needed; docs/data-loss.md says how backups are laid';

/** Whoever only has last month's backup has lost a month. */
const isOld = ({ at }: Backup, { backups }: Database, now: number): boolean => now - at > backups.newestWithinMs;

const faulty = (id: string, { name, fault = '' }: Backup): Finding =>
  warn(about, `of ${id}, ${name} is no good: ${fault}`, mend);

const examineOne = async (
  id: string,
  database: Database,
  environment: Environment,
  now: number,
): Promise<Finding[]> => {
  // The newest of each kind: reading all of them takes as long as they are large.
  const found = await readBackups({ database, environment, sums: new Map() }, { dumps: 1 });
  const faults = found.filter(({ fault }) => fault !== undefined).map((one) => faulty(id, one));
  const newest = found.find(({ fault }) => fault === undefined);
  if (!newest)
    return [...faults, fail(about, `of ${id}, no newest backup is intact in ${database.backups.folder}`, mend)];
  const age = `of ${id}, the newest intact one, ${newest.name}, is ${spoken(now - newest.at)} old`;
  return [
    ...faults,
    isOld(newest, database, now)
      ? warn(about, `${age}, more than ${spoken(database.backups.newestWithinMs)}`, 'see why none was made since')
      : ok(about, age),
  ];
};

/** Restores the newest backup beside what is used, validates it, and drops it again. */
const rehearseOne = async (settings: Settings, id: string, environment: Environment): Promise<Finding[]> => {
  const action = databaseAction(settings, id, 'rehearse');
  if (!action) return [];
  const { status, summary } = await createKinds({ environment }).postgres.run(
    action,
    {},
    { key: `doctor-${process.pid}`, signal: new AbortController().signal, progress: () => undefined },
  );
  return [status === 'succeeded' ? ok(about, `of ${id}, ${summary}`) : fail(about, `of ${id}, ${summary}`, mend)];
};

type Wanted = { environment: Environment; now: number; rehearsed: boolean };

/**
 * Whether every database that can be recovered has a backup that is recent and intact, read to its last byte; `rehearsed`:
 * and whether it can be restored.
 */
export const examineBackups = async (
  settings: Settings,
  { environment, now, rehearsed }: Wanted,
): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const [id, database] of Object.entries(settings.databases)) {
    findings.push(...(await examined(about, () => examineOne(id, database, environment, now))));
    if (rehearsed) findings.push(...(await examined(about, () => rehearseOne(settings, id, environment))));
  }
  return findings;
};
