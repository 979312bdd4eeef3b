import type { Client } from 'pg';
import type { ParameterValues } from '../../domain/action.js';
import type { Database, Recovery } from '../../domain/database.js';
import type { Sessions } from './sessions.js';
import type { KnownSums } from './sums.js';

/** What every operation works with. All times come from the database server’s own clock. */
export type Job = {
  database: Database;
  /** The crisis for which it is done; what another crisis has left is not taken for its own. */
  crisis: string;
  /** Whose turn it is: a rehearsal shall never stand in the way of a recovery. */
  scope: string;
  values: ParameterValues;
  sessions: Sessions;
  /** Holds the lock of the database for as long as the operation runs. */
  admin: Client;
  environment: Readonly<Record<string, string | undefined>>;
  /** Listing and restoring need not both read every backup. */
  sums: KnownSums;
  signal: AbortSignal;
  /** One line of the output, and of what is said while it is under way. */
  say: (line: string) => void;
};

export type Done = { summary: string; recovery?: Recovery };

/** It throws a Refusal or a BadBackup; anything else that is thrown leaves in doubt what was done. */
export type Operation = (job: Job) => Promise<Done>;
