import type { Alert } from '../domain/alert.js';
import type { OpenEffect, PageEffect, PageOutcome, RunEffect, TellEffect, TellOutcome } from '../domain/effect.js';
import type { ActionResult } from '../domain/action.js';
import type { CommandProof, Verified } from '../domain/commandProof.js';
import type { Crisis } from '../domain/crisis.js';
import type { Tally } from '../domain/event.js';
import type { Parcel } from '../domain/intake/parcel.js';
import type { Roster } from '../domain/person.js';
import type { Plan } from '../domain/plan.js';
import type { HealthCheck } from '../domain/settings.js';
import type { AlertRecord, NumberedEvent } from '../domain/record.js';
import type { Projection } from '../store/store.js';

export type ArchiveInput = {
  workflowId: string;
  runId: string;
  crisis: Crisis;
  plan: Plan;
  events: readonly NumberedEvent[];
};

/** A command as it came, without its proof. */
export type ToVerify = {
  crisis: string;
  command: string;
  input: Readonly<Record<string, unknown>>;
  proof: CommandProof;
};

export type WatchHealthInput = { service: string; check: HealthCheck; pace: 'crisis' | 'normal'; healthy: boolean };
/** Returned only when the health has changed; `at` is the first check that said so. */
export type HealthChange = { healthy: boolean; reason: string; at: number };

/** All that workflows may ask of the world; workflows import this as a type only. */
export interface Activities {
  page(effect: PageEffect): Promise<PageOutcome>;
  /** One message in an activity of its own, as crises before engine 5 ask for it. */
  tell(effect: TellEffect): Promise<TellOutcome>;
  /** Answers in the order of the messages. */
  tellAll(effects: readonly TellEffect[]): Promise<TellOutcome[]>;
  runAction(effect: RunEffect): Promise<ActionResult>;
  lookUp(team: string): Promise<Roster>;
  /** Who gave a signed command; it needs a key that no workflow may hold. */
  verify(command: ToVerify): Promise<Verified>;
  project(projection: Projection): Promise<void>;
  archive(input: ArchiveInput): Promise<void>;
  keepAlerts(records: readonly AlertRecord[]): Promise<void>;
  watchHealth(input: WatchHealthInput): Promise<HealthChange>;
  raise(alerts: readonly Alert[]): Promise<void>;
  /** Waits for the end of a crisis, and answers with the alerts that came too late for it. */
  tooLate(run: { workflowId: string; runId: string }): Promise<readonly Tally[]>;
  /** Answers with the id of the crisis that was opened. */
  openCause(effect: OpenEffect): Promise<string>;
  /** Answers with the ids of those that their crises had no room for; workers of before answered nothing, and waited. */
  placeParcels(parcels: readonly Parcel[]): Promise<readonly string[] | undefined>;
  /** Does nothing for so long. */
  hold(ms: number): Promise<void>;
}
