import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import pg, { type Client } from 'pg';
import { guard } from '../../guardian.js';
import { endGroup, keepTrack, letGo } from '../../processGroup.js';
import type { Job } from '../operation.js';
import { BadBackup, Refusal } from '../refusal.js';
import type { Scratch } from './scratch.js';
import { configure, port, type Goal } from './serverSettings.js';

/** `ended`: the archive holds nothing after `lastAt`, the moment of its last transaction. */
export type Arrival = 'there' | { ended: true; lastAt?: number };

const everyMs = 50;
const stopWithinMs = 30_000;

/** The role we administer with was not there yet when the base backup was made. */
const isNobody = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '28000';

const momentOf = (text: string): number => Date.parse(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`);

/** What a server has said before it ended by itself. */
const whyEnded = (said: string, { base }: Scratch): Arrival => {
  if (said.includes('recovery ended before configured recovery target was reached')) {
    const [, last] = /last completed transaction was at log time (\S+ \S+)/.exec(said) ?? [];
    return { ended: true, ...(last !== undefined && { lastAt: momentOf(last) }) };
  }
  const words = /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
  if (/no space left|permission denied|out of memory|could not (create|map)/i.test(said)) throw new Refusal(words);
  throw new BadBackup(`${base.name} cannot be rolled forward: ${words}`);
};

type Server = {
  /** What it has said, once it has ended. */
  over: Promise<string>;
  end: () => Promise<void>;
};

/** It ends with us, however we end. */
const startServer = ({ environment }: Job, { root, data, binDir, user }: Scratch, archive: string): Server => {
  const server = execa(join(binDir, 'postgres'), ['-D', data, '-c', `config_file=${join(root, 'server.conf')}`], {
    ...user,
    cwd: root,
    env: { PATH: `${environment['PATH'] ?? ''}:/usr/bin:/bin`, LC_ALL: 'C', TZ: 'UTC', FIREBREAK_WAL: archive },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stdin: 'ignore',
    stdout: 'ignore',
  });
  const group = server.pid;
  if (group !== undefined) keepTrack(group);
  const guardian = group === undefined ? undefined : guard(group);
  const wait = async (): Promise<string> => {
    const { stderr, shortMessage } = await server;
    if (group !== undefined) letGo(group);
    await guardian?.dismiss();
    return stderr.trim() === '' ? (shortMessage ?? '') : stderr;
  };
  const over = wait();
  const end = async (): Promise<void> => {
    server.kill('SIGINT');
    const ended = await Promise.race([over, sleep(stopWithinMs, undefined, { ref: false })]);
    if (ended === undefined && group !== undefined) await endGroup(group);
    await over;
  };
  return { over, end };
};

/** A server on a copy that goes forward through the archive, stands still at a moment, and can be looked at there. */
export type Rolling = {
  goTo: (goal: Goal) => Promise<Arrival>;
  /** In a database as it was at that moment, as the role that administers it all. */
  session: (database: string) => Promise<Client>;
  stop: () => Promise<void>;
};

export const createRolling = (job: Job, scratch: Scratch, archive: string): Rolling => {
  const opened: Client[] = [];
  let server: Server | undefined;

  const session = async (database: string): Promise<Client> => {
    const user = job.sessions.programEnvironment(database)['PGUSER'];
    const client = new pg.Client({ host: scratch.root, port, user, database, application_name: 'firebreak' });
    client.on('error', () => undefined);
    await client.connect();
    opened.push(client);
    return client;
  };

  const stop = async (): Promise<void> => {
    for (const client of opened.splice(0)) await client.end().catch(() => undefined);
    await server?.end();
    server = undefined;
  };

  /** Whether the server stands still; undefined while it cannot be asked. */
  const standsStill = async (): Promise<boolean | undefined> => {
    try {
      const client = await session('template1');
      const { rows } = await client.query<{ still: boolean }>('select pg_is_wal_replay_paused() as still');
      await client.end();
      return rows[0]?.still;
    } catch (error) {
      if (isNobody(error)) throw new Refusal(`in ${scratch.base.name}, ${error.message}`);
      // It does not answer before it is consistent.
      return undefined;
    }
  };

  return {
    session,
    stop,
    goTo: async (goal) => {
      await stop();
      await configure(scratch, goal);
      server = startServer(job, scratch, archive);
      let said: string | undefined;
      void server.over.then((all) => (said = all));
      for (;;) {
        if (said !== undefined) return whyEnded(said, scratch);
        if (job.signal.aborted) throw new Refusal('called off while it ran');
        if (await standsStill()) return 'there';
        await sleep(everyMs);
      }
    },
  };
};
