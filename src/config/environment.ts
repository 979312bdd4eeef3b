import { resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from '../domain/nearest.js';
import { commandKeysShape } from '../domain/signedCommand.js';

const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'expected a port, 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'expected a port, 0 to 65535');
const port = (byDefault: number) => Port.default(byDefault);
const Folder = z.string().transform((path) => resolve(path));

const isPostgres = (text: string): boolean =>
  URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);

const variables = z.object({
  FIREBREAK_CONFIG: Folder.prefault('firebreak.yaml'),
  FIREBREAK_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'expected a host name or an address, such as 127.0.0.1')
    .default('127.0.0.1'),
  FIREBREAK_PORT: port(7400),
  FIREBREAK_DATA: Folder.prefault('.firebreak'),
  FIREBREAK_DATABASE_URL: z
    .string()
    .refine(isPostgres, 'expected postgresql://user:password@host:port/database')
    .optional(),
  FIREBREAK_TEMPORAL_CLI: z.string().optional(),
  FIREBREAK_ENCRYPTION_KEYS: z.string().optional(),
  FIREBREAK_SIGNING_KEY: z.string().min(32, 'expected at least 32 characters').optional(),
  FIREBREAK_COMMAND_KEYS: z
    .string()
    .regex(commandKeysShape, 'expected id=secret,id=secret with at least 32 characters a secret, or derived among them')
    .optional(),
  FIREBREAK_TEMPORAL_PORT: port(7233),
  FIREBREAK_TEMPORAL_UI_PORT: port(8233),
  FIREBREAK_SMTP_PORT: port(1025),
  FIREBREAK_MAILBOX_PORT: port(8025),
});
type Name = keyof typeof variables.shape;
const names = Object.keys(variables.shape) as Name[];

/** Never shown, not even when they are wrong. */
const secret: ReadonlySet<string> = new Set<Name>([
  'FIREBREAK_DATABASE_URL',
  'FIREBREAK_SIGNING_KEY',
  'FIREBREAK_COMMAND_KEYS',
  'FIREBREAK_ENCRYPTION_KEYS',
]);

/** What the environment says, with its defaults. Paths are absolute; port 0 means any free one. */
export type Environment = {
  config: string;
  host: string;
  port: number;
  data: string;
  databaseUrl: string | undefined;
  temporalCli: string | undefined;
  signingKey: string | undefined;
  /** By which commands are signed, the newest first; absent: by a key derived from the signing key. */
  commandKeys: string | undefined;
  encryptionKeys: string | undefined;
  temporalPort: number;
  temporalUiPort: number;
  smtpPort: number;
  mailboxPort: number;
};

export type EnvironmentFault = { name: string; message: string };
export type Variables = Readonly<Record<string, string | undefined>>;

/** A set but empty variable is as good as none: that is how compose files and shells pass what is not there. */
const given = (env: Variables) => Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));

/** Ours as well, read where they are used: by the part finder, the command line, the log, and programs of runbooks. */
const elsewhere: readonly string[] = [
  'FIREBREAK_PARTS',
  'FIREBREAK_URL',
  'FIREBREAK_USER',
  'FIREBREAK_KEY',
  'FIREBREAK_LOG',
  'FIREBREAK_RUN_KEY',
];

const misspelt = (env: Variables): EnvironmentFault[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('FIREBREAK_') && ![...names, ...elsewhere].includes(name))
    .flatMap((name) => {
      const meant = nearest(
        name.slice('FIREBREAK_'.length),
        names.map((known) => known.slice('FIREBREAK_'.length)),
      );
      return meant === undefined || env[`FIREBREAK_${meant}`] !== undefined
        ? []
        : [{ name, message: `is no setting of ours; did you mean FIREBREAK_${meant}?` }];
    });

/** Reads our variables: all of them, or everything that is wrong, named with what was expected and what came. */
export const readEnvironment = (
  env: Variables = process.env,
): { environment: Environment } | { faults: EnvironmentFault[] } => {
  const parsed = variables.safeParse(given(env));
  const faults = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => {
      const name = String(path[0]);
      return { name, message: secret.has(name) ? message : `${message}; got "${env[name] ?? ''}"` };
    }),
    ...misspelt(env),
  ];
  if (!parsed.success || faults.length > 0) return { faults };
  const found = parsed.data;
  return {
    environment: {
      config: found.FIREBREAK_CONFIG,
      host: found.FIREBREAK_HOST,
      port: found.FIREBREAK_PORT,
      data: found.FIREBREAK_DATA,
      databaseUrl: found.FIREBREAK_DATABASE_URL,
      temporalCli: found.FIREBREAK_TEMPORAL_CLI,
      signingKey: found.FIREBREAK_SIGNING_KEY,
      commandKeys: found.FIREBREAK_COMMAND_KEYS,
      encryptionKeys: found.FIREBREAK_ENCRYPTION_KEYS,
      temporalPort: found.FIREBREAK_TEMPORAL_PORT,
      temporalUiPort: found.FIREBREAK_TEMPORAL_UI_PORT,
      smtpPort: found.FIREBREAK_SMTP_PORT,
      mailboxPort: found.FIREBREAK_MAILBOX_PORT,
    },
  };
};
