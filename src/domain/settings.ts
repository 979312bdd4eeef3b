import { z } from 'zod';
import { Action } from './action.js';
import { DetectionSource } from './alert.js';
import { AuthorityRules } from './authorityRules.js';
import { Database } from './database.js';
import { Rule } from './classification.js';
import { ChannelName } from './delivery.js';
import { DurationMs } from './duration.js';
import { Facts } from './facts.js';
import { Flapping, Maintenance, Silence, Umbrella } from './intake/configured.js';
import { PagingPolicy, Rung } from './paging.js';
import { Person } from './person.js';
import { Playbook } from './playbook.js';
import { Obligation, Regime } from './regulatory/obligation.js';
import { Schedule } from './schedule.js';
import { Audience, Cadence, Telling } from './telling.js';
import { PageThrottle } from './throttle.js';

const Id = z.string().regex(/^[\w.-]+$/, 'an id holds letters, digits, dots, dashes and underscores');
const byId = <T extends z.ZodType>(of: T) => z.record(Id, of);

/** A browser or a check of ours goes there. */
const WebAddress = z.url({ protocol: /^https?$/, error: 'expected a URL such as https://example.com' });

const probeTimes = {
  everyMs: DurationMs.default(15_000),
  crisisEveryMs: DurationMs.default(2_000),
  timeoutMs: DurationMs.default(5_000),
  /** So many in a row change the answer, either way. */
  changesAfter: z.number().int().min(1).default(2),
  /** What is known when it fails. */
  facts: Facts.default({ completeOutage: true }),
};
const HttpCheck = z.strictObject({
  kind: z.literal('http'),
  url: WebAddress,
  expectStatus: z.number().int().default(200),
  ...probeTimes,
});
const TcpCheck = z.strictObject({
  kind: z.literal('tcp'),
  host: z.string(),
  port: z.number().int().min(1).max(65535),
  ...probeTimes,
});

/** A health check that the product runs itself. */
export const HealthCheck = z.discriminatedUnion('kind', [HttpCheck, TcpCheck]);
export type HealthCheck = z.infer<typeof HealthCheck>;

export const Service = z.strictObject({
  name: z.string().optional(),
  team: Id,
  /** Alerts of services with the same key are one crisis. The service’s own id by default. */
  correlationKey: Id.optional(),
  dependsOn: z.array(Id).default([]),
  healthCheck: HealthCheck.optional(),
  /** Which action fills which slot of the procedures: `rollback: shop-rollback`. */
  slots: z.record(Id, Id).default({}),
  /** The database that `recover` brings back; its actions fill the slots that are not named above. */
  database: Id.optional(),
  /** Actions that strengthen monitoring for the time of a crisis; each is undone by its own `undo`. */
  monitoring: z.array(Id).default([]),
});
export type Service = z.infer<typeof Service>;

export const Team = z.strictObject({
  name: z.string().optional(),
  people: z.array(Id).default([]),
  oncall: z.strictObject({ primary: Id, secondary: Id.optional(), commander: Id.optional() }),
  policies: z.strictObject({ P0: Id, P1: Id, P2: Id.optional() }).optional(),
});
export type Team = z.infer<typeof Team>;

/** Adds facts to alerts whose labels match: `match: {alertname: CheckoutDown}`. */
export const FactRule = z.strictObject({ match: z.record(z.string(), z.string()), facts: Facts });

/** Where a generic sender keeps what we need; the values are dotted paths into its JSON. */
export const Mapping = z.strictObject({
  summary: z.string(),
  dedupKey: z.string().optional(),
  service: z.string().optional(),
  status: z.string().optional(),
  resolvedWhen: z.array(z.string()).default(['resolved', 'ok', 'OK', 'recovered']),
  severity: z.string().optional(),
  details: z.string().optional(),
  link: z.string().optional(),
  startedAt: z.string().optional(),
  labels: z.string().optional(),
});
export type Mapping = z.infer<typeof Mapping>;

/** A sender: what it is called in the URL, what it detects, how it is mapped and how it proves itself. */
export const Source = z.strictObject({
  detection: DetectionSource.default('monitoring alert'),
  mapping: Mapping.optional(),
  /** Standard Webhooks secret; when set, an unsigned or badly signed alert is refused. */
  secret: z.string().optional(),
});

export const EmailChannel = z.strictObject({
  host: z.string(),
  port: z.number().int().min(1).max(65535).default(587),
  secure: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.string(),
  timeoutMs: DurationMs.default(5_000),
});
export const SmsChannel = z.strictObject({
  accountSid: z.string(),
  authToken: z.string(),
  from: z.string(),
  /** Another base than Twilio’s own, for a proxy or a test. */
  baseUrl: z.url().optional(),
  /** Where Twilio reports to; else `/webhooks/twilio/status` of the public address, when that is https. */
  statusCallback: z.url().optional(),
  timeoutMs: DurationMs.default(5_000),
});
export const WebhookChannel = z.strictObject({
  secret: z.string(),
  /** Addresses in private networks are refused unless listed here. */
  allowHosts: z.array(z.string()).default([]),
  timeoutMs: DurationMs.default(5_000),
});

const Channels = z.strictObject({
  email: EmailChannel.optional(),
  sms: SmsChannel.optional(),
  webhook: WebhookChannel.optional(),
});

/** How the watchdog looks after Firebreak itself, from outside, and whom it tells. */
export const Watchdog = z.strictObject({
  tell: z.array(z.strictObject({ channel: ChannelName, to: z.string() })).min(1),
  /** Its own; absent, it shares those of the crises, and falls silent with them. */
  channels: Channels.optional(),
  everyMs: DurationMs.default(10_000),
  /** While a fault lasts it is said again after so long. */
  remindAfterMs: DurationMs.default(1_800_000),
  /** A worker that has not been heard of for so long is gone; ours are heard of every five seconds. */
  workerSilentMs: DurationMs.default(20_000),
  /** So many attempts of one workflow task are bad luck; one more is a fault. */
  taskAttempts: z.number().int().min(1).default(3),
  /** A message that has not come further for so long is stuck. */
  stuckAfterMs: DurationMs.default(120_000),
  /** Folders, beside the data folder, whose disks must not fill up: such as PostgreSQL’s own. */
  disks: z.array(z.string()).default([]),
  diskFreePercent: z.number().min(0).max(100).default(10),
  /** Called while all is well; `failUrl` is called instead while something is known not to be. */
  deadMan: z
    .strictObject({ url: z.url(), failUrl: z.url().optional(), everyMs: DurationMs.default(60_000) })
    .optional(),
});
export type Watchdog = z.infer<typeof Watchdog>;

/** For whom the API works without a key: whoever is on this machine, everyone who can reach it, or nobody. */
const WithoutKey = z.enum(['loopback', 'everyone', 'nobody']).default('loopback');

const EvidenceStore = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('folder'),
    /** Shared by all workers and APIs; `evidence` in the data folder unless said. */
    path: z.string().min(1).optional(),
  }),
  /** A bucket of Amazon S3 or what speaks like it. Credentials come as the AWS SDK finds them, never from here. */
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().min(3).max(63),
    prefix: z
      .string()
      .regex(/^([\w.-]+\/)*$/, 'expected nothing, or a prefix that ends with a slash')
      .default('evidence/'),
    region: z.string().default('us-east-1'),
    /** Absent: Amazon’s own. */
    endpoint: z.url().optional(),
    /** The bucket in the path instead of the host name, as most servers of one’s own want it. */
    pathStyle: z.boolean().default(false),
  }),
]);
export type EvidenceStore = z.infer<typeof EvidenceStore>;

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const Origin = z.string().refine(isOrigin, 'expected an origin, such as https://temporal.example.com');

/** Where the API listens unless it is told otherwise. */
export const publicUrlUnlessSaid = 'http://127.0.0.1:7400';

/** Everything `firebreak.yaml` may say, once parsed: durations are milliseconds, secrets are filled in. */
export const Settings = z.strictObject({
  organisation: z.string().default('Our organisation'),
  /** Where people reach the API; the links in messages start with it. */
  publicUrl: WebAddress.default(publicUrlUnlessSaid),
  bridge: z.string().optional(),
  currency: z.string().default('EUR'),
  people: byId(Person),
  schedules: byId(Schedule),
  teams: byId(Team),
  services: byId(Service),
  /** The team that is called for what belongs to no service. */
  defaultTeam: Id,
  policies: byId(PagingPolicy).prefault({}),
  /** What holds for all pages to a person, over all crises. */
  paging: z.strictObject({ throttle: PageThrottle.prefault({}) }).prefault({}),
  ladder: z.array(Rung).default([]),
  audiences: byId(Audience).default({}),
  tellings: z.array(Telling).optional(),
  cadence: Cadence.optional(),
  rules: z.array(Rule).optional(),
  facts: z.array(FactRule).default([]),
  playbooks: z.record(z.string(), Playbook).default({}),
  actions: byId(Action).default({}),
  databases: byId(Database).default({}),
  /** A folder of Markdown runbooks, relative to the configuration file. */
  runbooks: z.string().optional(),
  sources: byId(Source).default({}),
  channels: Channels,
  watchdog: Watchdog.optional(),
  /** What regulators want: off unless a regime is named. Defaults to be checked by counsel, not legal advice. */
  regulatory: z
    .strictObject({
      regimes: z.array(Regime).default([]),
      /** In which days and months are counted. */
      zone: z.string().default('UTC'),
      /** Whom a regulator may ask: for the drafts of notifications. */
      contact: z.string().trim().min(1).max(500).optional(),
      /** Our own, or in the place of a built-in one of the same id. */
      obligations: z.array(Obligation).default([]),
    })
    .prefault({}),
  /** Security crises, which are seen only by those they name. */
  security: z
    .strictObject({
      /** Named by every one of them: who leads the response to attacks, counsel, the data protection officer. */
      people: z.array(Id).default([]),
      /** Called instead of the team of the service. */
      team: Id.optional(),
      /** Who is told what; legal and compliance by default, where such audiences are configured. */
      tellings: z.array(Telling).optional(),
    })
    .prefault({}),
  /** Where the contents of evidence are kept; its chain is in the database. */
  evidence: z
    .strictObject({
      store: EvidenceStore.prefault({ kind: 'folder' }),
      /** The most that one content, or one folder, may hold; 10 GiB unless said. */
      maxBytes: z
        .number()
        .int()
        .positive()
        .default(10 * 1024 ** 3),
    })
    .prefault({}),
  approvalLapsesAfterMs: DurationMs.default(900_000),
  authority: AuthorityRules.prefault({}),
  access: z
    .strictObject({
      /** Reading, declaring, and commands; nobody's identity is proven that way, so nothing dangerous runs. */
      withoutKey: WithoutKey,
      /** What monitors send. A source with a `secret` proves itself by its signature and needs no key. */
      intakeWithoutKey: WithoutKey,
      /** Where people open Temporal's user interface, which may ask from there for restricted payloads to be decoded. */
      temporalUi: z.array(Origin).default([]),
    })
    .prefault({}),
  /** An alert for a crisis that ended no longer ago opens a new one, linked with it both ways. */
  followsWithinMs: DurationMs.default(1_800_000),
  /** Alerts that call nobody until their silence ends. What it hid is listed after. */
  silences: byId(Silence).default({}),
  /** Planned work, by its name. */
  maintenance: byId(Maintenance).default({}),
  umbrella: Umbrella.prefault({}),
  flapping: Flapping.prefault({}),
  /** Raise the severity of what stays unresolved for so long; off unless set. */
  raise: z.strictObject({ P1: DurationMs.optional(), P2: DurationMs.optional() }).default({}),
});
export type Settings = z.infer<typeof Settings>;
