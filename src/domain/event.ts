import type { ActionResult, ParameterValues } from './action.js';
import type { Alert } from './alert.js';
import type { Authority } from './audit.js';
import type { Classification, CrisisType } from './classification.js';
import type { ChannelName } from './delivery.js';
import type { EvidenceNote } from './evidence.js';
import type { Facts } from './facts.js';
import type { PagingStep } from './paging.js';
import type { Roster } from './person.js';
import type { Mode } from './plan.js';
import type { Deadline } from './regulatory/deadlines.js';
import type { Filing } from './regulatory/filing.js';
import type { Mark } from './regulatory/mark.js';
import type { Role } from './role.js';
import type { MessageName, OccasionToTell } from './telling.js';

/** One alert as the crisis took it, with how often it came since the last one. */
export type Tally = {
  alert: Alert;
  count: number;
  /** The ids of further alerts that say the same and count once each, as `alert` does. */
  also?: readonly string[] | undefined;
  lastAt: number;
  /** How the alert was classified when it was received, by the configuration of that moment. */
  said?: Omit<Classification, 'facts' | 'also'> | undefined;
  /** The correlation key of its own cause, where that is not the crisis's: under an umbrella, or after a merge. */
  cause?: string | undefined;
};

/** Who did it: a person's id, or `firebreak` for the system itself. `proven` is set when the API vouches for it. */
export type Actor = { by: string; via?: string; proven?: boolean };

/** The command that set something off, on the first event of what it did: the audit goes by these. `key` proved who it was. */
export type Act = { command: string; by: string; via?: string; key?: string; target?: string; authority: Authority };

export type ActionPurpose = 'do' | 'verify' | 'undo';

/** Why an action runs: as a step of a procedure, to strengthen monitoring, or because a person asked. */
export type RunContext =
  | { as: 'procedure'; procedure: string; step: number }
  | { as: 'monitoring' }
  | { as: 'task'; task: string }
  | { as: 'request' }
  /** No action: words for an audience, both among the parameters. */
  | { as: 'announcement' };

type Of<Type extends string, Fields = unknown> = { type: Type; at: number; act?: Act } & Fields;
type By<Type extends string, Fields = unknown> = Of<Type, Actor & Fields>;

/**
 * Everything that can happen in a crisis. The state is the fold of these; the timeline is these.
 * Times are milliseconds since 1970. A field is only ever added, since archives keep old events for ever.
 */
export type Event =
  | Of<
      'declared',
      {
        by: string;
        crisisId: string;
        correlationKey: string;
        crisisType: CrisisType;
        mode: Mode;
        title: string;
        services: readonly string[];
        startedAt?: number;
        classification: Classification;
        links?: readonly { to: string; relation: string }[];
        /** Who may see it from the first moment, and what it is called for everybody else. */
        restricted?: { codeName: string; named: readonly string[] };
      }
    >
  | By<'marked', { anchor: Mark; moment: number; deadlines: readonly Deadline[]; reason?: string }>
  | By<'filed', { filing: Filing; deadlines: readonly Deadline[] }>
  | Of<'deadlineReminded', { obligation: string; dueAt: number }>
  | Of<'deadlineOverdue', { obligation: string; dueAt: number; times: number; rung: string }>
  | Of<'watchEnded', { waitsFor: readonly string[] }>
  | Of<'attackFound', { by: string }>
  | By<'admitted', { person: string; reason?: string }>
  | By<'dismissed', { person: string; reason: string }>
  | Of<'alerted', { tallies: readonly Tally[] }>
  | Of<'alertsCleared', { count: number }>
  | By<'assessed', { facts: Facts; note?: string }>
  | By<'reclassified', { classification: Classification; was: string }>
  | Of<'phaseEntered', { phase: number }>
  | Of<'phaseBudgetEnded', { phase: number; repeat: number; open: readonly string[] }>
  | By<'taskDone', { task: string; note?: string }>
  | By<'taskSkipped', { task: string; reason: string }>
  | Of<'taskFailed', { task: string; reason: string }>
  | Of<
      'engagementOpened',
      { engagement: string; reason: string; steps: readonly PagingStep[]; repeatAfterMs: number; insistent?: boolean }
    >
  | Of<'lookUpBegan', { engagement: string; step: number }>
  | Of<'rosterSeen', { roster: Roster }>
  | Of<'rosterFailed', { reason: string }>
  | Of<
      'stepTaken',
      { engagement: string; round: number; step: number; people: readonly string[]; late?: number; missed?: number }
    >
  | Of<'roundEnded', { engagement: string; round: number }>
  | Of<
      'paged',
      {
        key: string;
        engagement: string;
        person: string;
        channel: ChannelName;
        to: string;
        late?: number;
        instead?: ChannelName;
      }
    >
  | Of<
      'pageSettled',
      {
        key: string;
        status: 'sent' | 'delivered' | 'failed' | 'uncertain' | 'cancelled';
        ref?: string;
        reason?: string;
        sentAt?: number;
        possibleRepeat?: boolean;
        /** The bundle in which it went out, with pages of other crises to the same address. */
        bundle?: string;
      }
    >
  | Of<'nobodyToPage', { engagement: string; step: number; targets: readonly string[] }>
  | By<'acknowledged', { engagements: readonly string[]; note?: string }>
  | By<'declined', { reason?: string }>
  | By<'escalated', { reason?: string }>
  | Of<'engagementEnded', { engagement: string; reason: string }>
  | Of<'ackForgotten', { idleMs: number }>
  | Of<'procedureStarted', { procedure: string; by: string }>
  | Of<
      'actionStarted',
      {
        key: string;
        action: string;
        purpose: ActionPurpose;
        context: RunContext;
        by: string;
        authority: string;
        grant?: Authority;
      }
    >
  | Of<
      'actionEnded',
      { key: string; action: string; purpose: ActionPurpose; context: RunContext; result: ActionResult }
    >
  | Of<'stepSkipped', { procedure: string; step: number; reason: string }>
  | Of<'stepBaking', { procedure: string; step: number; until: number }>
  | Of<'stepVerified', { procedure: string; step: number; ok: boolean; reason: string }>
  | Of<
      'stepAgain',
      {
        procedure: string;
        step: number;
        to: number;
        parameter: string;
        value: number;
        reason: string;
        /** What is lost with the older backup, and how much more that is. */
        lostMs?: number;
        costsMs?: number;
      }
    >
  | Of<'procedureAsks', { procedure: string; step: number; question: string }>
  | Of<'procedureEnded', { procedure: string; outcome: 'succeeded' | 'failed' | 'cancelled'; reason: string }>
  | By<
      'approvalRequested',
      {
        request: string;
        action: string;
        parameters: ParameterValues;
        context: RunContext;
        reason?: string;
        lapsesAt: number;
        needs: number;
        /** As the plan calls it and takes it to be, which the configuration may by now do otherwise. */
        title?: string;
        risk?: string;
      }
    >
  | By<'glassBroken', { action: string; reason: string; request?: string }>
  | By<'approved', { request: string; glass?: string }>
  | By<'rejected', { request: string; reason?: string }>
  | Of<'approvalLapsed', { request: string }>
  | Of<'monitoringOn', { probes: readonly string[] }>
  | Of<'monitoringOff'>
  | Of<
      'told',
      { key: string; template: MessageName; audience: string; occasion: OccasionToTell; by: string; text?: string }
    >
  | Of<
      'tellSettled',
      {
        key: string;
        deliveries: readonly {
          key: string;
          person: string;
          channel: ChannelName;
          to: string;
          status: 'sent' | 'failed' | 'uncertain';
          at: number;
          ref?: string;
          reason?: string;
        }[];
      }
    >
  | Of<'updatePromised', { until: number }>
  | Of<'updateReminded', { promisedAt: number }>
  | Of<'managementTold', { rung: string; reason: string }>
  | By<
      'assigned',
      {
        role: Role;
        person: string;
        from?: string;
        note?: string;
        /** Whoever assigned it could give it, so that it counts for what a role may run. */
        vouched?: boolean;
      }
    >
  | By<'mitigated', { note?: string }>
  | Of<'regressed', { reason: string }>
  | By<'resolved', { reason?: string; watchUntil: number }>
  | By<'reopened', { reason: string }>
  | By<'stoodDown', { reason: string }>
  | Of<'closed', { reason: string }>
  | By<'noted', { text: string }>
  | By<'evidenceKept', { entry: EvidenceNote }>
  | By<'linked', { to: string; relation: string }>
  | By<'merged', { into: string; reason?: string }>
  | By<'split', { cause: string; reason?: string }>
  | Of<'flapping', { dedupKey: string; summary: string; changes: number; withinMs: number }>
  | Of<'steady', { dedupKey: string; summary: string; status: 'firing' | 'resolved' }>
  | By<'promoted', { to: CrisisType }>
  | By<'refused', { command: string; reason: string }>
  | Of<'effectFailed', { what: string; reason: string }>;
export type EventType = Event['type'];
export type EventOf<Type extends EventType> = Extract<Event, { type: Type }>;
