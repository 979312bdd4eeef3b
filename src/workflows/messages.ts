import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, CommandName } from '../domain/command.js';
import type { Crisis } from '../domain/crisis.js';
import type { Declaration } from '../domain/engine/occasion.js';
import type { Due } from '../domain/due.js';
import type { Names } from '../domain/describe/words.js';
import type { Tally } from '../domain/event.js';
import type { Playbook } from '../domain/playbook.js';
import type { Plan } from '../domain/plan.js';
import type { HealthCheck } from '../domain/settings.js';
import type { AlertRecord, NumberedEvent } from '../domain/record.js';

/** With what a crisis workflow starts. `openedBy` is the id of the signal whose alerts the declaration already holds. */
export type CrisisInput =
  { declaration: Declaration; openedBy?: string; plan: Plan } | { carried: Carried; plan: Plan };

/** What survives continue-as-new: the state, the ids of what was done, and events that no projection has taken yet. */
export type Carried = {
  crisis: Crisis;
  commandIds: readonly string[];
  /** Ids of alerts that count once; absent in what older code has left. */
  alertIds?: readonly string[];
  unflushed: readonly NumberedEvent[];
};

export type CrisisView = { crisis: Crisis; next: readonly Due[]; names: Names; playbook: Playbook };
/** `tooLate` are the alerts that came when it was already closed: they belong to the next crisis. */
export type CrisisResult = { crisisId: string; status: string; events: number; tooLate: readonly Tally[] };
export type Timeline = { crisisId: string; events: readonly NumberedEvent[]; total: number };

export type PostmortemInput = {
  workflowId: string;
  runId: string;
  crisis: Crisis;
  plan: Plan;
  /** Events that no projection has taken yet. */
  unflushed: readonly NumberedEvent[];
};

/** What a query is refused with while the task that would answer it has not begun; the client asks again. */
export const askedBetweenTasks = 'asked before the newest events are decided; ask again';

export const crisisQuery = defineQuery<CrisisView>('crisis');
export const timelineQuery = defineQuery<Timeline>('timeline');

/** Each command is an Update, validated and answered, and a Signal of the same name, for scripts and Temporal's own tools. */
export const updateOf = (name: CommandName) => defineUpdate<Answer, [unknown]>(name);
export const signalOf = (name: CommandName) => defineSignal<[unknown]>(name);

export type Pace = 'crisis' | 'normal';
export type ProbeInput = { service: string; check: HealthCheck; healthy: boolean; pace: Pace };
export const paceSignal = defineSignal<[Pace]>('pace');
export const configureSignal = defineSignal<[HealthCheck]>('configure');

export const recordSignal = defineSignal<[readonly AlertRecord[]]>('record');

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
/** What crises are found by in Temporal; registered by the program itself at start. */
export const attributes = {
  crisisId: keyword('CrisisId'),
  type: keyword('CrisisType'),
  severity: keyword('CrisisSeverity'),
  status: keyword('CrisisStatus'),
  phase: keyword('CrisisPhase'),
  service: keyword('CrisisService'),
  mode: keyword('CrisisMode'),
} as const;
export const attributeNames = Object.values(attributes).map(({ name }) => name);

/** Temporal's own values for the state of a crisis. */
export const attributeValues = (crisis: Crisis, phase: string, service: string) => [
  { key: attributes.crisisId, value: crisis.crisisId },
  { key: attributes.type, value: crisis.type },
  { key: attributes.severity, value: crisis.classification.severity },
  { key: attributes.status, value: crisis.status },
  { key: attributes.phase, value: phase },
  // No list in Temporal may say which service an attack is on.
  ...(crisis.restricted ? [] : [{ key: attributes.service, value: service }]),
  { key: attributes.mode, value: crisis.mode },
];
