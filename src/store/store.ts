import type { ApiKeys } from '../domain/authenticate.js';
import type { Hash } from '../domain/chain.js';
import type { PagedLog } from '../domain/chainLog.js';
import type { Crisis } from '../domain/crisis.js';
import type { Delivery, DeliveryStatus } from '../domain/delivery.js';
import type { AlertRecord, NumberedEvent } from '../domain/record.js';

/** The state of a crisis, what happened since the last projection, and its workflow. Writing it twice changes nothing. */
export type Projection = { workflowId: string; runId: string; crisis: Crisis; events: readonly NumberedEvent[] };

export type Archive = {
  crisisId: string;
  workflowId: string;
  runId: string;
  closedAt: number;
  history: unknown;
  postmortem: string;
};

export type CrisisRow = { crisis: Crisis; workflowId: string; runId: string; updatedAt: number };
/** An encryption key, and a crisis that needs it. */
export type NeededKey = { key: string; crisisId: string };
/** A crisis was projected up to this number. */
export type Change = { crisisId: string; seq: number };
/** A message that should long have come further, and the crisis it belongs to. */
export type StuckDelivery = { crisisId: string; delivery: Delivery };
/** What a silence or a maintenance window has hidden so far; `alerts` counts each repetition. */
export type Silenced = {
  name: string;
  by?: string;
  reason?: string;
  until?: number;
  alerts: number;
  firstAt: number;
  lastAt: number;
};
export type CrisisFilter = { open?: boolean; severity?: string; service?: string; limit?: number };

/** What is kept in SQL: projections of what the workflows know. None of it is needed to page anybody. */
export interface Store {
  project(projection: Projection): Promise<void>;
  keepAlerts(records: readonly AlertRecord[]): Promise<void>;
  /** Written once; a second write of the same run is ignored. */
  archive(archive: Archive): Promise<void>;
  /** A provider's later report on a message. Never takes a status back. */
  reportDelivery(ref: string, status: DeliveryStatus, reason?: string): Promise<void>;

  /** `idOrKey` is a crisisId or a correlation key (then the newest). */
  crisis(idOrKey: string): Promise<CrisisRow | undefined>;
  crises(filter: CrisisFilter): Promise<CrisisRow[]>;
  timeline(crisisId: string): Promise<NumberedEvent[]>;
  deliveries(crisisId: string): Promise<Delivery[]>;
  /**
   * What was intended before then and is still not sent, and pages of which nobody knows whether they arrived while nobody
   * has answered. The oldest first; only of open crises.
   */
  stuckDeliveries(before: Date, limit: number): Promise<StuckDelivery[]>;
  /** `silenced`: only those that a silence or a maintenance window kept from calling anybody. */
  alerts(filter: { crisisId?: string; silenced?: boolean; limit?: number }): Promise<AlertRecord[]>;
  /** What each silence and maintenance window has hidden, the newest first. */
  silenced(): Promise<Silenced[]>;
  archived(crisisId: string): Promise<Archive | undefined>;

  /** Calls back after each projection, by whichever process on this database, until the returned function is called. */
  subscribe(told: (change: Change) => void): () => void;

  /** Throws when the database cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A store that may be able to keep proofs as well. */
export type Chaining = Store & Partial<Pick<OpenedStore, 'chains'>>;

/** A store that is open, with what has no meaning while the database is down: proofs and keys. */
export interface OpenedStore extends Store {
  /** Chains of evidence or audit, sealed by this hash. Their rows cannot be changed, and it shows where they were. */
  chains<Entry>(hash: Hash): PagedLog<Entry>;
  readonly apiKeys: ApiKeys;
  /** Which encryption keys its restricted crises cannot be read without. */
  neededKeys(): Promise<NeededKey[]>;
}
