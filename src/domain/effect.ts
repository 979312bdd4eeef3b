import type { Action, ActionResult, ParameterValues } from './action.js';
import type { ChannelName } from './delivery.js';
import type { ActionPurpose, EventOf, RunContext, Tally } from './event.js';
import type { Roster } from './person.js';
import type { Mode } from './plan.js';
import type { Audience, MessageFields, MessageName } from './telling.js';

/** A page to one person by one channel. The same key on every attempt. */
export type PageEffect = {
  kind: 'page';
  key: string;
  crisisId: string;
  mode: Mode;
  engagement: string;
  person: string;
  channel: ChannelName;
  to: string;
  message: PageMessage;
};

/** What a page says. Every text may come from an alert and is untrusted. Times are milliseconds since 1970. */
export type PageMessage = {
  crisisId: string;
  severity: string;
  title: string;
  why: string;
  services: readonly string[];
  declaredAt: number;
  /** Why this person, now: on call, escalated to, forgotten. */
  reason: string;
  /** How late this page is, when we ourselves were away; and how many steps were passed over meanwhile. */
  lateMs?: number;
  missed?: number;
  bridge?: string;
  next: string;
};

/** A message to an audience; one delivery a recipient. */
export type TellEffect = {
  kind: 'tell';
  key: string;
  crisisId: string;
  mode: Mode;
  template: MessageName;
  audience: Audience;
  audienceId: string;
  fields: MessageFields;
  /** Everybody told gets a link of their own, to approve or reject by. */
  asks?: ApprovalAsked;
};

/** An approval that is asked for, as a person reads it. `lapsesAt` in milliseconds since 1970. */
export type ApprovalAsked = {
  request: string;
  title: string;
  risk: string;
  /** Secrets are masked. */
  parameters: ParameterValues;
  by: string;
  reason?: string;
  needs: number;
  lapsesAt: number;
};

export type RunEffect = {
  kind: 'run';
  key: string;
  crisisId: string;
  mode: Mode;
  actionId: string;
  action: Action;
  parameters: ParameterValues;
  purpose: ActionPurpose;
  context: RunContext;
  authority: string;
};

/** A command to another crisis, by its correlation key. */
export type SendEffect = {
  kind: 'send';
  key: string;
  to: string;
} & (
  | { command: 'alert'; input: { id: string; by: string; via: 'intake'; tallies: readonly Tally[] } }
  | { command: 'link'; input: { id: string; by: string; to: string; relation: string } }
);

/** Makes a crisis of its own of a cause. */
export type OpenEffect = {
  kind: 'open';
  key: string;
  cause: string;
  crisisId: string;
  by: string;
  tallies: readonly Tally[];
  /** Under its code name, seen only by those it names. */
  restricted?: true;
};

/** What the engine wants done in the world. Data only; the shell makes activities of it. */
export type Effect =
  | PageEffect
  | TellEffect
  | RunEffect
  | { kind: 'lookUp'; key: string; engagement: string; step: number; round?: number; team: string }
  | { kind: 'pace'; key: string; services: readonly string[]; pace: 'crisis' | 'normal' }
  | SendEffect
  | OpenEffect
  /** Calls off what is still under way. */
  | { kind: 'cancel'; keys: readonly string[] }
  /** Keeps the crisis for good and drafts the post-mortem. */
  | { kind: 'archive'; key: string };

export type PageOutcome = Omit<EventOf<'pageSettled'>, 'type' | 'at' | 'key'>;
export type TellOutcome = Pick<EventOf<'tellSettled'>, 'deliveries'>;

/** What became of an effect, as the shell reports it back. `error` is for an activity that could not say. */
export type Outcome =
  | { of: PageEffect; page?: PageOutcome; error?: string; cancelled?: boolean }
  | { of: TellEffect; tell?: TellOutcome; error?: string; cancelled?: boolean }
  | { of: RunEffect; run?: ActionResult; error?: string; cancelled?: boolean }
  | { of: Extract<Effect, { kind: 'lookUp' }>; roster?: Roster; error?: string; cancelled?: boolean }
  | { of: OpenEffect; opened?: string; error?: string; cancelled?: boolean }
  | { of: Extract<Effect, { kind: 'pace' | 'archive' | 'send' }>; error?: string; cancelled?: boolean };
