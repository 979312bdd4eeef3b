import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Firebreak } from '../client/firebreak.js';
import type { Settings } from '../domain/settings.js';
import type { Store } from '../store/store.js';
import type { Counters } from './counters.js';

/** Reads an acknowledge link. `key` is the idempotency key of the page the link came with. */
export type AckLinks = {
  read(token: string): Promise<{ crisisId: string; person: string; key: string } | { fault: 'expired' | 'invalid' }>;
};

/** Why a signed request is not genuine, in words; undefined when it is. Header names are in lower case. */
export type VerifySignature = (
  secret: string,
  headers: Readonly<Record<string, string>>,
  rawBody: string,
) => string | undefined;

/** Whether a form really comes from Twilio; `url` is the address that Twilio was given. */
export type VerifyTwilio = (
  authToken: string,
  signature: string,
  url: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
) => boolean;

export type Change = { crisisId: string; seq?: number };

/** Tells when a crisis has changed; `subscribe` answers with how to end it. */
export type Changes = { subscribe(listener: (change: Change) => void): () => void };

/** All that the API stands on. Without a store what is kept in SQL is missing, and everything else works. */
export type ApiParts = {
  firebreak: Firebreak;
  store: Store | undefined;
  /** Asked anew for every request, since the configuration may have been reloaded. */
  settings: () => Settings;
  links: AckLinks;
  verifySignature: VerifySignature;
  /** Absent: reports of Twilio are not taken. */
  verifyTwilio?: VerifyTwilio;
  /** Milliseconds since 1970. */
  now: () => number;
  newId: () => string;
  /** Absent: the store tells. */
  changes?: Changes;
  logger?: FastifyBaseLogger;
  /** The history of a crisis as its server keeps it. Absent: only the archive is asked. */
  history?: (idOrKey: string) => Promise<{ workflowId: string; history: unknown }>;
  /** How long a crisis may take to answer before its projection is shown; two seconds by default. */
  answerWithinMs?: number;
};

/** What every route is given. */
export type Context = ApiParts & { answerWithinMs: number; counters: Counters };

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
