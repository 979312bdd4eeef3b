import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { literal } from '../sql.js';
import { handOver, type Scratch } from './scratch.js';

/** Where to stop: as soon as the copy is consistent, or before the first transaction after a moment. */
export type Goal = 'consistent' | number;

/** It names the socket; nobody listens at it. */
export const port = 5432;

/** A server that only reads may not have less room for sessions and locks than the one that wrote. */
const needs = {
  'max_connections setting': 'max_connections',
  'max_worker_processes setting': 'max_worker_processes',
  'max_wal_senders setting': 'max_wal_senders',
  'max_prepared_xacts setting': 'max_prepared_transactions',
  'max_locks_per_xact setting': 'max_locks_per_transaction',
} as const;

const roomOf = async ({ binDir, data }: Scratch): Promise<string[]> => {
  const { stdout } = await execa(join(binDir, 'pg_controldata'), [data], { env: { LC_ALL: 'C' }, stdin: 'ignore' });
  return Object.entries(needs).flatMap(([says, setting]) => {
    const value = new RegExp(`^${says}:\\s+(\\d+)`, 'm').exec(stdout)?.[1];
    return value === undefined ? [] : [`${setting} = ${value}`];
  });
};

const goalIn = (goal: Goal): string =>
  goal === 'consistent'
    ? `recovery_target = 'immediate'`
    : `recovery_target_time = '${new Date(goal).toISOString().replace('T', ' ').replace('Z', '+00')}'`;

/** Nothing of the original’s configuration: it may name other files, send mail, or archive into the very archive. */
const settings = ({ root }: Scratch, room: readonly string[], goal: Goal): string =>
  [
    `listen_addresses = ''`,
    `port = ${port}`,
    `unix_socket_directories = ${literal(root)}`,
    `hba_file = ${literal(join(root, 'hba.conf'))}`,
    `ident_file = ${literal(join(root, 'ident.conf'))}`,
    ...room,
    'hot_standby = on',
    'archive_mode = off',
    // It is thrown away.
    'fsync = off',
    'full_page_writes = off',
    `log_timezone = 'UTC'`,
    `lc_messages = 'C'`,
    `restore_command = 'cp "$FIREBREAK_WAL/%f" "%p"'`,
    goalIn(goal),
    `recovery_target_action = 'pause'`,
    '',
  ].join('\n');

/** Writes all that a server on this copy is told before it starts. */
export const configure = async (scratch: Scratch, goal: Goal): Promise<void> => {
  const { root, data } = scratch;
  const room = await roomOf(scratch);
  const files = {
    [join(root, 'server.conf')]: settings(scratch, room, goal),
    // The folder lets nobody in but us and the server.
    [join(root, 'hba.conf')]: 'local all all trust\n',
    [join(root, 'ident.conf')]: '',
    [join(data, 'postgresql.auto.conf')]: '',
    [join(data, 'recovery.signal')]: '',
  };
  for (const [file, text] of Object.entries(files)) {
    await writeFile(file, text);
    await handOver(scratch, file);
  }
};
