import { z } from 'zod';
import { Database, databaseOperations, VariableName, type Recovery } from './database.js';
import { DurationMs } from './duration.js';
import type { EvidenceNote } from './evidence.js';
import { Cluster, KubernetesWork } from './kubernetes.js';
import { Role } from './role.js';

export const risks = ['safe', 'guarded', 'destructive'] as const;

/** What a parameter may be. Values from outside are checked against this before anything runs. */
const Parameter = z.strictObject({
  type: z.enum(['string', 'number', 'boolean']).default('string'),
  pattern: z.string().optional(),
  oneOf: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  secret: z.boolean().default(false),
});

const base = {
  title: z.string().min(1),
  parameters: z.record(z.string(), Parameter).default({}),
  timeoutMs: DurationMs.default(120_000),
  /** Only what is declared idempotent is ever run again when its outcome is uncertain. */
  idempotent: z.boolean().default(false),
  /** The action that tells whether this one worked. */
  verify: z.string().optional(),
  /** The action that takes this one back. */
  undo: z.string().optional(),
  risk: z.enum(risks).default('guarded'),
  mayRun: z.array(Role).default(['incident-commander', 'technical-lead', 'operations-lead']),
  approvals: z.number().int().min(0).max(5).default(1),
  /** Policy's own authority: for so long from the start of the crisis it runs without an approval. */
  preAuthorisedForMs: DurationMs.default(0),
};

/** A program with its arguments as a list, never a shell. `{{name}}` in an argument stands for a parameter. */
export const CommandAction = z.strictObject({
  ...base,
  kind: z.literal('command'),
  argv: z.array(z.string()).min(1),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});

export const HttpAction = z.strictObject({
  ...base,
  kind: z.literal('http'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  expectStatus: z.array(z.number().int()).default([200, 201, 202, 204]),
  /** The body must hold this text for the call to count as a success. */
  expectBody: z.string().optional(),
});

/** One operation on a PostgreSQL database. Each of them goes on where an earlier run was interrupted. */
export const PostgresAction = z.strictObject({
  ...base,
  kind: z.literal('postgres'),
  operation: z.enum(databaseOperations),
  database: Database,
});

/** A workflow of another application, started on its Temporal server and waited for. */
export const TemporalAction = z.strictObject({
  ...base,
  kind: z.literal('temporal'),
  address: z.string().min(1),
  namespace: z.string().default('default'),
  tls: z.boolean().default(false),
  /** Names the environment variable with the key of an account, where the server wants one. */
  apiKey: VariableName.optional(),
  workflowType: z.string().min(1),
  taskQueue: z.string().min(1),
  /** In a text `{{name}}` stands for a parameter. */
  args: z.array(z.json()).default([]),
});

const GitHubWork = z.discriminatedUnion('does', [
  /** Runs the failed jobs of a workflow’s newest run on a branch again, or of the run with this id. */
  z.strictObject({
    does: z.literal('rerun'),
    workflow: z.string().min(1),
    branch: z.string().default('main'),
    run: z.string().optional(),
  }),
  /** Starts a workflow by `workflow_dispatch`. */
  z.strictObject({
    does: z.literal('dispatch'),
    workflow: z.string().min(1),
    branch: z.string().default('main'),
    inputs: z.record(z.string(), z.string()).default({}),
  }),
  /** Opens the pull request that takes a merged one back, and merges it where that is wanted. */
  z.strictObject({ does: z.literal('revert'), pull: z.string().min(1), merge: z.boolean().default(false) }),
]);
export type GitHubWork = z.infer<typeof GitHubWork>;

/** Work on a repository at GitHub, with `{{name}}` for a parameter in every text of `work`. */
export const GitHubAction = z.strictObject({
  ...base,
  kind: z.literal('github'),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected owner/name'),
  /** Names the environment variable with the token. */
  token: VariableName,
  baseUrl: z.url().default('https://api.github.com'),
  /** How often a run is looked at while it is waited for. */
  everyMs: DurationMs.default(5_000),
  work: GitHubWork,
});

const item = z.string().min(1).max(100);

/** Collects evidence where the worker is, in this order. `{{name}}` in any text stands for a parameter. */
export const CollectAction = z.strictObject({
  ...base,
  kind: z.literal('collect'),
  /** Reading changes nothing, and what is not read at once may be gone. */
  risk: z.enum(risks).default('safe'),
  idempotent: z.boolean().default(true),
  take: z
    .array(
      z.union([
        /** A file, or every regular file in a folder. */
        z.strictObject({ item, path: z.string().min(1) }),
        /** What a program prints, run without a shell. */
        z.strictObject({ item, argv: z.array(z.string()).min(1), timeoutMs: DurationMs.default(60_000) }),
        /** Something that is kept elsewhere, such as a snapshot that an earlier action has made. */
        z.strictObject({ item, reference: z.string().min(1) }),
      ]),
    )
    .min(1),
});

/** Work on a Kubernetes cluster, with `{{name}}` for a parameter in every text of `work`. */
export const KubernetesAction = z.strictObject({
  ...base,
  kind: z.literal('kubernetes'),
  cluster: Cluster.prefault({}),
  /** The context’s own unless given, else `default`. */
  namespace: z.string().min(1).optional(),
  /** How often a rollout is looked at while it is waited for. */
  everyMs: DurationMs.default(2_000),
  work: KubernetesWork,
});

export const Action = z.discriminatedUnion('kind', [
  CommandAction,
  CollectAction,
  HttpAction,
  PostgresAction,
  TemporalAction,
  GitHubAction,
  KubernetesAction,
]);
export type Action = z.infer<typeof Action>;
export type CommandAction = z.infer<typeof CommandAction>;
export type CollectAction = z.infer<typeof CollectAction>;
export type HttpAction = z.infer<typeof HttpAction>;
export type PostgresAction = z.infer<typeof PostgresAction>;
export type TemporalAction = z.infer<typeof TemporalAction>;
export type GitHubAction = z.infer<typeof GitHubAction>;
export type KubernetesAction = z.infer<typeof KubernetesAction>;

export type ParameterValues = Readonly<Record<string, string | number | boolean>>;

/** What an action did. `uncertain`: it was begun, and nobody can say whether it took effect. */
export type ActionResult = {
  status: 'succeeded' | 'failed' | 'uncertain';
  /** In words: the exit code, the HTTP status, why it is uncertain. */
  summary: string;
  /** Bounded to a few kilobytes, secrets masked. */
  output: string;
  startedAt: number;
  endedAt: number;
  /** From which backup data was restored, and what that costs. */
  recovery?: Recovery;
  /** What it collected, entry by entry. */
  evidence?: readonly EvidenceNote[];
};
