import type { Command } from '../command.js';
import type { Crisis, RegulatoryState } from '../crisis.js';
import type { Actor } from '../event.js';
import type { Plan } from '../plan.js';
import type { RegulatoryDue } from '../regulatory/clocks.js';
import { deadlinesOf, type Deadline } from '../regulatory/deadlines.js';
import { filed } from '../regulatory/file.js';
import { markFault } from '../regulatory/mark.js';
import type { Obligation } from '../regulatory/obligation.js';
import { perform, record, type Decision } from './decision.js';
import { tellRung } from './management.js';
import { openEngagement } from './paging.js';
import { deadlineEngagement, isWaiting, openDeadlines, rosterOf } from './questions.js';
import { tellPeople } from './telling.js';

type Mark = Extract<Command, { command: 'mark' }>;
type File = Extract<Command, { command: 'file' }>;

const nothingYet: RegulatoryState = { marks: {}, filings: [], deadlines: [], said: {} };
const stateOf = ({ regulatory = nothingYet }: Crisis): RegulatoryState => regulatory;
const obligationsOf = ({ regulatory }: Plan): readonly Obligation[] => regulatory?.obligations ?? [];

const derived = ({ plan }: Decision, { marks, filings }: Pick<RegulatoryState, 'marks' | 'filings'>): Deadline[] =>
  deadlinesOf(marks, obligationsOf(plan), plan.regulatory?.zone ?? 'UTC', filings);

/** Why a moment cannot be marked; `now` in milliseconds since 1970. */
export const whyNotMark = (crisis: Crisis, { anchor, at, reason }: Mark, now: number): string | undefined =>
  markFault({ anchor, at, ...(reason !== undefined && { reason }) }, stateOf(crisis).marks, now);

/** Sets one of the moments that regulators count from; the deadlines it gives stand in the event, since zone data changes. */
export const mark = (d: Decision, actor: Actor, { anchor, at, reason }: Mark): void => {
  const { marks, filings } = stateOf(d.crisis);
  const moment = Date.parse(at);
  const deadlines = derived(d, { marks: { ...marks, [anchor]: moment }, filings });
  record(d, { type: 'marked', anchor, moment, deadlines, ...actor, ...(reason !== undefined && { reason }) });
  endAnswered(d);
};

const filingOf = (
  crisis: Crisis,
  plan: Plan,
  { obligation, outcome, at, to, reference, reason, by }: File,
  now: number,
) =>
  filed(
    {
      obligation,
      outcome,
      ...(at !== undefined && { at }),
      ...(to !== undefined && { to }),
      ...(reference !== undefined && { reference }),
      ...(reason !== undefined && { reason }),
    },
    { obligations: obligationsOf(plan), deadlines: stateOf(crisis).deadlines, by, now },
  );

/** Why a filing cannot be put on record. */
export const whyNotFile = (crisis: Crisis, plan: Plan, command: File, now: number): string | undefined => {
  const said = filingOf(crisis, plan, command, now);
  return 'fault' in said ? said.fault : undefined;
};

/** Closes an obligation: who filed, when, to whom, under which reference. What counts from it begins to run. */
export const file = (d: Decision, actor: Actor, command: File): void => {
  const filing = filingOf(d.crisis, d.plan, command, d.at);
  if ('fault' in filing) return;
  const { marks, filings } = stateOf(d.crisis);
  record(d, { type: 'filed', filing, deadlines: derived(d, { marks, filings: [...filings, filing] }), ...actor });
  endAnswered(d);
};

/** What is filed, or runs no more, rings nobody. */
const endAnswered = (d: Decision): void => {
  const { deadlines } = stateOf(d.crisis);
  for (const { id } of Object.values(d.crisis.engagements).filter(isWaiting)) {
    if (!id.startsWith(deadlineEngagement(''))) continue;
    const due = deadlines.find(({ obligation }) => deadlineEngagement(obligation) === id)?.dueAt ?? Infinity;
    if (due <= d.at) continue;
    record(d, { type: 'engagementEnded', engagement: id, reason: 'nothing is overdue there any more' });
    const keys = Object.values(d.crisis.deliveries).flatMap(({ key, about, status }) =>
      about === id && status === 'intended' ? [key] : [],
    );
    if (keys.length > 0) perform(d, { kind: 'cancel', keys });
  }
};

/** Whoever answers for regulators: the Security Lead, or who leads, or who has answered, or who is on call to lead. */
const responsible = ({ crisis, plan }: Decision): string[] => {
  const { roles, acknowledgedBy } = crisis;
  const lead = roles['security-lead'] ?? roles['incident-commander'] ?? acknowledgedBy;
  return lead === undefined ? [...rosterOf(crisis, plan).commander] : [lead];
};

const counsel = ({ plan }: Decision): string[] =>
  ['legal', 'compliance'].flatMap((audience) => plan.audiences[audience]?.people ?? []);

/** What a message says of a deadline; of a restricted crisis not which law it is. */
const said = ({ crisis, plan }: Decision, { obligation, dueAt }: RegulatoryDue): string => {
  const known = obligationsOf(plan).find(({ id }) => id === obligation);
  const what = crisis.restricted ? 'a filing' : `"${known?.title ?? obligation}" (${known?.regime ?? 'a regulator'})`;
  return `${what} is due at ${new Date(dueAt).toISOString()}`;
};

/** A reminder to those who must file. One that strikes after its deadline is passed over: the escalation says more. */
export const remindOfDeadline = (d: Decision, due: RegulatoryDue): void => {
  const { obligation, dueAt } = due;
  record(d, { type: 'deadlineReminded', obligation, dueAt });
  if (dueAt <= d.at) return;
  const people = [...new Set([...responsible(d), ...counsel(d)])];
  const asked = `File in time: ${said(d, due)}. Close it with the command "file".`;
  tellPeople(d, {
    template: 'status-update',
    audienceId: `deadline:${obligation}`,
    title: 'Who files',
    people,
    occasion: 'update',
    asked,
  });
};

/** Overdue: management is paged and told, and whoever must file is paged with it; again and again until it is filed. */
export const escalateDeadline = (d: Decision, due: Extract<RegulatoryDue, { what: 'deadlineOverdue' }>): void => {
  const { obligation, dueAt, times, rung } = due;
  record(d, { type: 'deadlineOverdue', obligation, dueAt, times, rung });
  const isKnown = d.plan.ladder.some(({ id }) => id === rung);
  const targets = [...(isKnown ? [`rung:${rung}`] : []), ...responsible(d).map((person) => `person:${person}`)];
  const reason = `overdue: ${said(d, due)}`;
  openEngagement(d, deadlineEngagement(obligation), reason, [{ afterMs: 0, targets }], true);
  tellRung(d, rung, reason, reason);
};

/** Why nobody may be stood down yet: a regulator still waits. */
export const whyNotStandDown = (crisis: Crisis): string | undefined => {
  const open = openDeadlines(crisis).map(({ obligation }) => obligation);
  return open.length === 0
    ? undefined
    : `regulators wait for ${open.join(', ')}; file them first, as notRequired where nothing need be filed`;
};
