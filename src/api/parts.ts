import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Firebreak } from '../client/firebreak.js';
import type { ApiKeys, Presented, Actor, Unproven } from '../domain/authenticate.js';
import type { ApprovalClaims } from '../domain/approvalLink.js';
import type { Audit, ToAudit } from '../domain/auditing.js';
import type { Settings } from '../domain/settings.js';
import type { EvidenceRoom } from '../evidence/room.js';
import type { Store } from '../store/store.js';
import type { Counters } from './counters.js';

/** Reads an acknowledge link. `key` is the idempotency key of the page the link came with. */
export type AckLinks = {
  read(token: string): Promise<{ crisisId: string; person: string; key: string } | { fault: 'expired' | 'invalid' }>;
};

/** Reads a link by which one person approves or rejects one request. */
export type ApprovalLinks = {
  read(token: string): Promise<ApprovalClaims | { fault: 'expired' | 'invalid' }>;
};

/** Whose key a request shows; throws when keys cannot be read at all. */
export type Authenticate = (presented: Presented) => Promise<{ actor: Actor } | { unproven: Unproven }>;

/** Keys as they are made, listed and revoked; each fails while the database is away. */
export type KeyRegister = Omit<ApiKeys, 'find'>;

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

/** A payload as Temporal's user interface sends it: its bytes in base64. */
export type WirePayload = { metadata: Record<string, string>; data: string };

/** Decodes and encodes what restricted crises keep in Temporal. */
export type Codec = {
  /** Asks once for each workflow whose payloads are among them; `refused` names those that stay as they came. */
  decode(
    payloads: readonly WirePayload[],
    may: (workflowId: string | undefined) => Promise<boolean>,
  ): Promise<{ payloads: WirePayload[]; decoded: number; refused: (string | undefined)[] } | { fault: string }>;
  encode(payloads: readonly WirePayload[]): Promise<WirePayload[]>;
  namespace: string;
  /** From where browsers may ask. */
  uiOrigins: () => readonly string[];
};

/** All that the API stands on. Without a store what is kept in SQL is missing, and everything else works. */
export type ApiParts = {
  firebreak: Firebreak;
  store: Store | undefined;
  /** Asked anew for every request, since the configuration may have been reloaded. */
  settings: () => Settings;
  links: AckLinks;
  /** Absent: nobody can approve by a link. */
  approvalLinks?: ApprovalLinks;
  /** Absent: nobody's identity can be proven, and what needs a key is refused. */
  authenticate?: Authenticate;
  /** Absent: keys are made elsewhere. */
  keys?: KeyRegister;
  /** Notes who tried or did what. It never keeps anybody waiting, so it may come late. */
  note?: (entry: ToAudit) => void;
  /** The audit itself, to be read and verified; throws while the database is away. */
  audit?: () => Pick<Audit, 'newest' | 'verify' | 'note'>;
  /** Absent: no evidence is kept here. */
  evidence?: EvidenceRoom;
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
  /** Absent: nothing is decoded here. */
  codec?: Codec;
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
