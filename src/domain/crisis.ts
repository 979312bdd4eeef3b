import type { ParameterValues } from './action.js';
import type { Anchor } from './chain.js';
import type { Classification, CrisisType } from './classification.js';
import type { Recovery } from './database.js';
import type { Delivery } from './delivery.js';
import type { RunContext } from './event.js';
import type { Facts } from './facts.js';
import type { PagingStep } from './paging.js';
import type { Roster } from './person.js';
import type { Mode } from './plan.js';
import type { SaidOf } from './regulatory/clocks.js';
import type { Deadline } from './regulatory/deadlines.js';
import type { Filing } from './regulatory/filing.js';
import type { Marks } from './regulatory/mark.js';
import type { Role } from './role.js';
import type { Severity } from './severity.js';

/** `mitigated`: the impact has ended. `resolved`: the cause is gone, and the regression watch runs. `closed` is the end. */
export const statuses = ['triggered', 'acknowledged', 'mitigated', 'resolved', 'closed'] as const;
export type Status = (typeof statuses)[number];

export type AlertState = {
  status: 'firing' | 'resolved';
  count: number;
  firstAt: number;
  lastAt: number;
  summary: string;
  format: string;
  detection: string;
  /** When it last changed between firing and resolved, the newest few. */
  changes?: readonly number[];
  /** It changes so often that it counts as firing, whatever it says: this is what it last said. */
  flapping?: 'firing' | 'resolved';
};

/** A cause of an umbrella, or of a crisis that was merged into this one. */
export type CauseState = {
  /** Empty in a very large storm, where the events keep it. */
  title: string;
  service?: string;
  severity: Severity;
  status: 'firing' | 'resolved';
  count: number;
  firstAt: number;
  lastAt: number;
  /** A person has made a crisis of its own of it; what it says goes there. */
  split?: true;
};

export type TaskState = { status: 'open' | 'done' | 'skipped' | 'failed'; by?: string; at?: number; note?: string };

/** A request for somebody to answer: the response itself, a rung of management, a summoned person. */
export type Engagement = {
  id: string;
  reason: string;
  openedAt: number;
  /** Absent for the response: its steps are the policy of the severity at the time. */
  steps?: readonly PagingStep[] | undefined;
  repeatAfterMs: number;
  round: number;
  roundStartedAt: number;
  /** The next step to take. */
  step: number;
  lookingUp: boolean;
  paged: readonly string[];
  declined: readonly string[];
  /** Rings even while the impact has ended: a person asks for it by name, or a new fact calls for it. */
  insistent?: boolean | undefined;
  /** Steps are late only from here on: before, it was not us who were away. */
  onTimeFrom?: number | undefined;
  answeredBy?: string | undefined;
  answeredAt?: number | undefined;
  endedAt?: number | undefined;
};

export type ProcedureState = {
  id: string;
  status: 'running' | 'asking' | 'succeeded' | 'failed' | 'cancelled';
  by: string;
  startedAt: number;
  step: number;
  stage: 'do' | 'bake' | 'verify' | 'undo' | 'approval';
  bakeUntil?: number;
  /** The outcome of the step under way was uncertain; what the verification says decides. */
  uncertain?: boolean;
  question?: string;
  /** How often and how far it went back, and since when. */
  again?: { to: number; times: number; parameter: string; value: number; at: number };
  /** What the last restoration gave. */
  recovery?: Recovery;
  endedAt?: number;
  reason?: string;
};

export type ActionState = {
  key: string;
  action: string;
  purpose: string;
  context: RunContext;
  startedAt: number;
  status: string;
  summary?: string;
  endedAt?: number;
  authority: string;
};

export type Approval = {
  request: string;
  action: string;
  parameters: ParameterValues;
  context: RunContext;
  by: string;
  at: number;
  lapsesAt: number;
  needs: number;
  reason?: string;
  title?: string;
  risk?: string;
  approvedBy: readonly string[];
  status: 'open' | 'approved' | 'rejected' | 'lapsed';
  /** With which reason somebody went ahead without the approvals it needs. */
  glass?: string;
};

export type TellState = {
  template: string;
  audience: string;
  occasion: string;
  at: number;
  settled: boolean;
  sent: number;
  failed: number;
};

export type RegulatoryState = {
  marks: Marks;
  filings: readonly Filing[];
  deadlines: readonly Deadline[];
  said: SaidOf;
};

/** The state of a crisis: the fold of its events, small enough to be carried over continue-as-new. */
export type Crisis = {
  crisisId: string;
  correlationKey: string;
  type: CrisisType;
  mode: Mode;
  title: string;
  services: readonly string[];
  declaredAt: number;
  /** When the cause began, as far as the first alert knows. */
  startedAt: number;
  /** How many events have been folded in; the number of the next one. */
  seq: number;
  status: Status;
  stoodDown: boolean;
  classification: Classification;
  /** Since when the severity is what it is. */
  severitySince?: number | undefined;
  facts: Facts;
  phase: number;
  budgetsEnded: number;
  alerts: Readonly<Record<string, AlertState>>;
  alertCount: number;
  roster?: Roster | undefined;
  engagements: Readonly<Record<string, Engagement>>;
  /** Pages are quiet while the impact has ended. */
  quiet: boolean;
  roles: Readonly<Partial<Record<Role, string>>>;
  /** Those of them that were given by whoever could give them; only they count for what a role may run. */
  vouched?: Readonly<Partial<Record<Role, string>>> | undefined;
  tasks: Readonly<Record<string, TaskState>>;
  procedures: Readonly<Record<string, ProcedureState>>;
  actions: readonly ActionState[];
  approvals: Readonly<Record<string, Approval>>;
  deliveries: Readonly<Record<string, Delivery>>;
  /** What stakeholders were told, and how many of them it reached. */
  tells: Readonly<Record<string, TellState>>;
  monitoring: boolean;
  acknowledgedAt?: number | undefined;
  acknowledgedBy?: string | undefined;
  /** When a person last did anything; an acknowledged crisis in which nobody acts is paged again. */
  lastActedAt: number;
  mitigatedAt?: number | undefined;
  resolvedAt?: number | undefined;
  watchUntil?: number | undefined;
  closedAt?: number | undefined;
  /** The promised time of the next update. */
  updateDueAt?: number | undefined;
  updateRemindedFor?: number | undefined;
  /** Rungs of management already engaged, and what was told. */
  rungsTold: readonly string[];
  links: readonly { to: string; relation: string }[];
  /** Under an umbrella, by correlation key. */
  causes?: Readonly<Record<string, CauseState>> | undefined;
  /** The key or id of the crisis that this one has gone into; its later alerts go there. */
  mergedInto?: string | undefined;
  /** What regulators count from, what has been filed, until when the rest is due, and what the clocks said of it. */
  regulatory?: RegulatoryState | undefined;
  /** A security crisis: what it is called outside, and who may see it. Whoever was dismissed sees it never again. */
  restricted?: { codeName: string; named: readonly string[]; dismissed: readonly string[] } | undefined;
  /** How many pieces of evidence were collected, and the last entry of their chain that is on the timeline. */
  evidence?: { items: number; last: Anchor } | undefined;
  /** It turned out to be an attack, and a security crisis was opened for that. */
  attackFound?: true | undefined;
};
