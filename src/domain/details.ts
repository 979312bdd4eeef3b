import type { Crisis, ProcedureState } from './crisis.js';
import { describeDue } from './describe/describeDue.js';
import { namesOf } from './describe/names.js';
import { called, clock, engagementCalled, personCalled, type Names } from './describe/words.js';
import type { Due } from './due.js';
import { spoken } from './duration.js';
import type { Plan } from './plan.js';
import { bullets, inert } from './postmortem/markdown.js';
import { roles, type Role } from './role.js';
import { severityNames } from './severity.js';

/** A panel is glanced at; what is further down the list stands in the console and the CLI. */
const mostListed = 10;

const inWords = (at: number, now: number): string =>
  at >= now ? `in ${spoken(at - now)}` : `overdue by ${spoken(now - at)}`;

const answered = (crisis: Crisis, names: Names): string => {
  const engagements = Object.values(crisis.engagements);
  const by = engagements.flatMap(({ id, answeredBy }) =>
    answeredBy === undefined ? [] : [`${personCalled(names, answeredBy)} for ${engagementCalled(names, id)}`],
  );
  const waiting = engagements.filter(({ answeredBy, endedAt }) => answeredBy === undefined && endedAt === undefined);
  const open = waiting.map(({ id }) => engagementCalled(names, id));
  return [
    by.length > 0 ? inert(by.join(', ')) : 'nobody yet',
    ...(open.length > 0 && !crisis.quiet ? [`waiting for an answer: ${inert(open.join(', '))}`] : []),
  ].join('; ');
};

const phase = (crisis: Crisis, now: number, plan: Plan | undefined, names: Names): string => {
  const elapsed = `${spoken(now - crisis.declaredAt)} since the start`;
  const until = plan?.playbook.phases[crisis.phase]?.untilMs;
  const title = plan ? `: ${inert(called(names, 'phase', String(crisis.phase)))}` : '';
  const left = until === undefined ? '' : `, its time ends ${inWords(crisis.declaredAt + until, now)}`;
  return `${crisis.phase + 1}${title} (${elapsed}${left})`;
};

const procedureLine = ({ id, status, step, question }: ProcedureState, names: Names): string =>
  `${inert(called(names, 'procedure', id))}: ${status}, step ${step + 1}${question === undefined ? '' : `. **Asks:** ${inert(question)}`}`;

const section = (title: string, items: readonly string[]): string[] => {
  if (items.length === 0) return [];
  const more = items.length > mostListed ? [`and ${items.length - mostListed} more`] : [];
  return [`### ${title}`, bullets([...items.slice(0, mostListed), ...more])];
};

const openTasks = (crisis: Crisis, plan: Plan | undefined): string[] =>
  (plan?.playbook.phases ?? [])
    .slice(0, crisis.phase + 1)
    .flatMap(({ tasks }, index) =>
      tasks
        .filter(({ id }) => !['done', 'skipped'].includes(crisis.tasks[id]?.status ?? 'open'))
        .map(({ text, role }) => `${inert(text)} (${roles[role].title}${index < crisis.phase ? ', **overdue**' : ''})`),
    );

const filled = (crisis: Crisis, names: Names): string[] =>
  (Object.entries(crisis.roles) as [Role, string][]).map(
    ([role, person]) => `${roles[role].title}: ${inert(personCalled(names, person))}`,
  );

/**
 * Markdown for the Temporal UI's panel: what a person who has just been woken wants to know. `plan` adds names, the clock of
 * the phase and the open tasks. `now` in milliseconds since 1970.
 */
export const currentDetails = (crisis: Crisis, next: readonly Due[], now: number, plan?: Plan): string => {
  const names = plan ? namesOf(crisis, plan) : {};
  const { severity, why } = crisis.classification;
  const approvals = Object.values(crisis.approvals).filter(({ status }) => status === 'open');
  return [
    `## ${crisis.mode === 'drill' ? 'DRILL · ' : ''}${severity} ${severityNames[severity]} · ${crisis.status} · ${inert(crisis.title)}`,
    bullets([
      `**Why:** ${inert(why)}`,
      `**Services:** ${inert(crisis.services.join(', ') || 'not known')}`,
      `**Answered:** ${answered(crisis, names)}`,
      `**Phase:** ${phase(crisis, now, plan, names)}`,
      `**Crisis:** ${inert(crisis.crisisId)}`,
    ]),
    ...section(
      'What happens next',
      next.map((due) => `${inWords(due.at, now)} (${clock(due.at)}): ${inert(describeDue(due, names))}`),
    ),
    ...section(
      'Waiting for an approval',
      approvals.map(({ request, action }) => `${inert(called(names, 'action', action))}, request ${inert(request)}`),
    ),
    ...section(
      'Procedures',
      Object.values(crisis.procedures).map((procedure) => procedureLine(procedure, names)),
    ),
    ...section('Roles', filled(crisis, names)),
    ...section('Open tasks', openTasks(crisis, plan)),
  ].join('\n\n');
};
