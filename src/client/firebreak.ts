import type { Alert } from '../domain/alert.js';
import type { Classification } from '../domain/classification.js';
import type { Answer, CommandName } from '../domain/command.js';
import type { SigningActor } from '../domain/commandProof.js';
import type { Crisis } from '../domain/crisis.js';
import type { Names } from '../domain/describe/words.js';
import type { Due } from '../domain/due.js';
import type { Playbook } from '../domain/playbook.js';
import type { Event } from '../domain/event.js';
import type { Severity } from '../domain/severity.js';

/** What became of an alert: the crisis it opened or joined, or that it was only recorded. */
export type Accepted = {
  alertId: string;
  workflowId?: string;
  classification: Classification;
  outcome: 'crisis' | 'watch' | 'recorded';
};

export type View = {
  crisis: Crisis;
  /** What happens next and when, soonest first. */
  next: readonly Due[];
  /** What ids are called, and the checklist with its phases. */
  names: Names;
  playbook: Playbook;
  workflowId: string;
  runId: string;
};

export type Declaration = {
  /** Sent again with the same id it is done once, as long as that crisis runs. */
  id?: string;
  title: string;
  service?: string;
  severity?: Severity;
  by: string;
  details?: string;
  facts?: Alert['facts'];
};

/** An answer to a command: done, or taken and durable while no worker was there to answer. */
export type Done = { status: 'done'; answer: Answer } | { status: 'taken' };

/** Refused by the crisis itself, with the reason in words. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** There is no such crisis, running or, as far as asked, archived. */
export class NoSuchCrisis extends Error {
  override readonly name = 'NoSuchCrisis';
}

/** The crises' own server cannot be reached, so nothing was accepted. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** All that the API, the probes and the scripts can do with crises. Everything it has answered is durable. */
export interface Firebreak {
  /** Classifies each alert and hands it to its crisis, its watch or the record. */
  accept(alerts: readonly Alert[]): Promise<Accepted[]>;
  /** A person opens a crisis, whatever a rule would say; in an open one of the same cause it joins. */
  declare(declaration: Declaration): Promise<Accepted & { crisisId: string }>;
  /** `idOrKey` is a crisisId or a correlation key. With an actor, whom the caller vouches for, it is signed. */
  command(idOrKey: string, command: CommandName, input: Record<string, unknown>, actor?: SigningActor): Promise<Done>;
  view(idOrKey: string): Promise<View>;
  /** What the running workflow still holds: after a long crisis began a new run, older entries are in the store alone. */
  timeline(idOrKey: string): Promise<{ seq: number; event: Event }[]>;
  /** Running crises, from Temporal's own list; half a second behind at times. */
  running(): Promise<{ workflowId: string; crisisId: string }[]>;
  ping(): Promise<void>;
}
