import { createHash } from 'node:crypto';
import { types } from 'node:util';
import type { PostgresAction, ParameterValues } from '../../domain/action.js';
import type { DatabaseOperation, Recovery } from '../../domain/database.js';
import { spoken } from '../../domain/duration.js';
import { mask } from '../../domain/mask.js';
import { checkParameters, secretValues } from '../../domain/parameters.js';
import type { ActionKind, Running } from '../kind.js';
import { createOutput, type Output } from '../output.js';
import { failed, type Verdict } from '../verdict.js';
import { listBackups } from './backups.js';
import { lockDatabase } from './lock.js';
import { assess, watchData } from './looking.js';
import type { Done, Job, Operation } from './operation.js';
import { BadBackup, Refusal } from './refusal.js';
import { rehearsal, rehearse } from './rehearse.js';
import { restore } from './restore.js';
import { createSessions, type Sessions } from './sessions.js';
import { switchOver } from './switchOver.js';
import { validate } from './validate.js';
import { resumeWrites, stopWrites } from './writes.js';

type Environment = Readonly<Record<string, string | undefined>>;

const operations: Record<DatabaseOperation, Operation> = {
  stopWrites,
  assess,
  listBackups,
  restore,
  validate,
  switchOver,
  resumeWrites,
  watchData,
  rehearse,
};

/** These choose a backup: that they failed shall mean that the backup is to blame, since another one is tried then. */
const judgesBackup: ReadonlySet<DatabaseOperation> = new Set(['restore', 'validate']);

/** Every effect of a crisis has a key that begins with its id. A rehearsal is of no crisis, even where one is open. */
const crisisOf = (operation: DatabaseOperation, key: string): string =>
  operation === 'rehearse' ? rehearsal : (key.split('/')[0] ?? key);

const scopeOf = (operation: DatabaseOperation, name: string): string =>
  operation === 'rehearse' ? `${name} ${rehearsal}` : name;

/**
 * How our sessions call themselves, within the 63 bytes that PostgreSQL keeps: attempts of one run alike, so that a later
 * one knows what an earlier one has left.
 */
const applicationOf = (key: string): string =>
  `firebreak ${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;

/** These only look, and may do so while something else works on the database. */
const looks: ReadonlySet<DatabaseOperation> = new Set(['assess', 'listBackups', 'watchData']);

type Ended = Verdict & { recovery?: Recovery };

const wordsOf = (error: unknown): string => (types.isNativeError(error) ? error.message || error.name : String(error));

const verdictOn = (operation: DatabaseOperation, error: unknown): Ended => {
  if (error instanceof BadBackup)
    return { ...failed(error.message), ...(error.recovery && { recovery: error.recovery }) };
  if (error instanceof Refusal && !judgesBackup.has(operation)) return failed(error.message);
  return { status: 'uncertain', summary: wordsOf(error) };
};

/** Whatever the operation waits for, it ends when it is called off or its time is over. */
const limited = async (work: Promise<Done>, stop: AbortSignal, why: () => string): Promise<Ended> => {
  const stopped = new Promise<Ended>((resolve) => {
    const end = () => resolve({ status: 'uncertain', summary: why() });
    if (stop.aborted) end();
    else stop.addEventListener('abort', end, { once: true });
  });
  const done = work.then((said): Ended => ({ status: 'succeeded', ...said }));
  return Promise.race([done, stopped]);
};

const perform = async (
  { operation, database, timeoutMs }: PostgresAction,
  values: ParameterValues,
  environment: Environment,
  { key, signal, progress }: Running,
  output: Output,
  sessions: Sessions,
  sums: Job['sums'],
): Promise<Ended> => {
  const limit = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, limit]);
  const work = async (): Promise<Done> => {
    const admin = await sessions.admin();
    const scope = scopeOf(operation, database.name);
    if (!looks.has(operation)) await lockDatabase(admin, scope, applicationOf(key));
    const say = (line: string): void => {
      output.take(Buffer.from(`${line}\n`));
      progress(mask(line, sessions.secrets).slice(0, 200));
    };
    const crisis = crisisOf(operation, key);
    const job = { database, crisis, scope, values, sessions, admin, environment, sums, signal: stop, say };
    return operations[operation](job);
  };
  const running = work();
  running.catch(() => undefined);
  return limited(running, stop, () =>
    signal.aborted ? 'called off while it ran' : `stopped after its time limit of ${spoken(timeoutMs)}`,
  );
};

/**
 * Works on a PostgreSQL database: each operation looks first how far an earlier run came, and goes on from there. What it
 * knows of that stands on the databases themselves, so it holds whatever becomes of this process.
 */
export const createPostgresKind = (
  environment: Environment,
  now: () => number,
  sums: Job['sums'] = new Map(),
): ActionKind<'postgres'> => ({
  kind: 'postgres',
  async run(action, parameters, running) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const opened: Sessions[] = [];
    const decide = async (output: (secrets: readonly string[]) => Output): Promise<Ended> => {
      if ('fault' in checked) return failed(checked.fault);
      if (running.signal.aborted) return failed('called off before it began');
      try {
        const sessions = createSessions(action.database, environment, applicationOf(running.key));
        opened.push(sessions);
        return await perform(action, values, environment, running, output(sessions.secrets), sessions, sums);
      } catch (error) {
        return verdictOn(action.operation, error);
      }
    };
    const secrets = secretValues(action.parameters, values);
    let kept: Output = createOutput(secrets);
    const ended = await decide((more) => (kept = createOutput([...secrets, ...more])));
    const hidden = opened.flatMap((sessions) => sessions.secrets);
    for (const sessions of opened) sessions.closeAll();
    return { ...ended, summary: mask(ended.summary, hidden), output: kept.text(), startedAt, endedAt: now() };
  },
});
