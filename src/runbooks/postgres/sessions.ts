import pg, { type Client } from 'pg';
import type { Database } from '../../domain/database.js';
import { Refusal } from './refusal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who does not answer within this time, in milliseconds, is not there. */
const connectWithinMs = 5_000;

/** What our own sessions need while everybody else may only read. */
export const mayWrite = '-c default_transaction_read_only=off';

const urlIn = (environment: Environment, variable: string): URL => {
  const text = environment[variable];
  if (!text) throw new Refusal(`the environment variable ${variable} is not set`);
  const isPostgres = URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
  // What it holds instead may be a secret.
  if (!isPostgres) throw new Refusal(`${variable} is not of the form postgresql://user:password@host:port/database`);
  return new URL(text);
};

const onDatabase = (url: URL, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
};

export type Sessions = {
  /** As whoever may create and rename databases, in a database that is not the service’s. */
  admin: () => Promise<Client>;
  /** As the same, in any database. `writes`: also where nobody else may. */
  inside: (name: string, writes: boolean) => Promise<Client>;
  /** As the service itself; undefined where its connection is not configured. */
  asService: () => Promise<Client> | undefined;
  /** What PostgreSQL’s own programs need to reach a database, without a secret among their arguments. */
  programEnvironment: (name: string) => Record<string, string>;
  /** Texts that nobody may read in an output. */
  secrets: readonly string[];
  closeAll: () => void;
};

/** Opens sessions by what the environment says, and closes all of them at the end. */
export const createSessions = (database: Database, environment: Environment, application: string): Sessions => {
  const url = urlIn(environment, database.connection);
  const service = database.serviceConnection === undefined ? undefined : urlIn(environment, database.serviceConnection);
  const opened: Client[] = [];

  const open = async (connectionString: string, options: string | undefined): Promise<Client> => {
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: connectWithinMs,
      application_name: application,
      keepAlive: true,
      ...(options !== undefined && { options }),
    });
    // Whoever uses it hears of a lost connection by a failed query.
    client.on('error', () => undefined);
    await client.connect();
    opened.push(client);
    return client;
  };
  const named = decodeURIComponent(url.pathname.slice(1));
  const maintenance = named === '' || named === database.name ? 'postgres' : named;

  return {
    admin: () => open(onDatabase(url, maintenance), mayWrite),
    inside: (name, writes) => open(onDatabase(url, name), writes ? mayWrite : undefined),
    asService: () => service && open(onDatabase(service, database.name), undefined),
    programEnvironment: (name) => ({
      PGHOST: decodeURIComponent(url.searchParams.get('host') ?? url.hostname),
      PGPORT: url.port || '5432',
      PGUSER: decodeURIComponent(url.username),
      ...(url.password !== '' && { PGPASSWORD: decodeURIComponent(url.password) }),
      ...(url.searchParams.has('sslmode') && { PGSSLMODE: url.searchParams.get('sslmode') ?? '' }),
      PGDATABASE: name,
      PGOPTIONS: mayWrite,
      PGAPPNAME: application,
      PGTZ: 'UTC',
      TZ: 'UTC',
      LC_ALL: 'C',
    }),
    secrets: [url, service].flatMap((one) =>
      one === undefined ? [] : [one.href, one.password, decodeURIComponent(one.password)].filter(Boolean),
    ),
    closeAll: () => {
      for (const client of opened.splice(0)) void client.end().catch(() => undefined);
    },
  };
};
