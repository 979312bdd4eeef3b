import type { Action } from './action.js';
import type { PinnedAuthority } from './authorityRules.js';
import type { Rule } from './classification.js';
import type { Flapping } from './intake/configured.js';
import type { PagingPolicy, Rung } from './paging.js';
import type { Obligation } from './regulatory/obligation.js';
import type { Roster } from './person.js';
import type { Playbook } from './playbook.js';
import type { Severity } from './severity.js';
import type { Audience, Cadence, Telling } from './telling.js';

export const modes = ['live', 'drill'] as const;
export type Mode = (typeof modes)[number];

/**
 * The rules of decision this build follows; pinned in each plan (docs/architecture.md, "Versions"). 2: a page in doubt is
 * tried by another channel. 3: alerts for a crisis that is over open one again. 4: no message of a restricted crisis bears
 * what people wrote or actions printed, whoever was dismissed is neither told nor obeyed; messages tell durations in whole
 * seconds, and of users only when something is known of them; an announcement takes the template of its audience.
 * 5: the messages of one decision go out in one activity. 6: every task leaves a trace in the history.
 */
export const engineVersion = 6;

/**
 * All that a crisis decides by, pinned at its start: an edited configuration never changes a running crisis.
 * Who is on call and how to reach them is looked up anew at each page; `roster` is the fallback.
 */
export type Plan = {
  engine: number;
  /** SHA-256 over the rest of the plan but the roster: two crises with the same hash decide alike. */
  hash: string;
  organisation: string;
  publicUrl: string;
  bridge?: string;
  service: { id: string; name: string; team: string };
  playbook: Playbook;
  /** What a watch becomes when it is promoted. */
  promotesTo?: Playbook;
  policies: Readonly<Record<Severity, PagingPolicy>>;
  ladder: readonly Rung[];
  rules: readonly Rule[];
  audiences: Readonly<Record<string, Audience>>;
  tellings: readonly Telling[];
  cadence: Cadence;
  actions: Readonly<Record<string, Action>>;
  /** Which action fills which slot of a procedure. */
  slots: Readonly<Record<string, string>>;
  /** Actions that strengthen monitoring, and services whose probes run faster, while the crisis lasts. */
  monitoring: { actions: readonly string[]; probes: readonly string[] };
  approvalLapsesAfterMs: number;
  /** Who may do what is dangerous. Absent in plans from before there were proofs: their crises go on as they began. */
  authority?: PinnedAuthority;
  raiseAfterMs: { P1?: number; P2?: number };
  /** From how many changes within which time on an alert counts as firing, whatever it says. */
  flapping?: Flapping;
  /** What regulators want where their law holds; deadlines count days in this time zone. */
  regulatory?: { zone: string; obligations: readonly Obligation[] };
  /** Only these may see the crisis, beside whoever it calls, assigns or admits. */
  restricted?: { people: readonly string[] };
  /** What turns out to be an attack gets a restricted crisis of its own, linked with this one. */
  separatesAttacks?: true;
  roster: Roster;
};
