import type { Command, CommandName } from '../command.js';
import type { Crisis, Status } from '../crisis.js';
import type { Plan } from '../plan.js';
import { whyNotMerge, whyNotSplit } from './causes.js';
import { isDiscreet } from './openly.js';
import { own } from './own.js';
import { whyNotFile, whyNotMark, whyNotStandDown } from './regulators.js';
import { hasTask, isRinging, isSettled, missingValidation, rosterOf, tasksOf } from './questions.js';
import { whyMayNotApprove, whyMayNotReject, whyMayNotRun, whyUnproven, type Asking } from './whyNotRun.js';

const running: readonly Status[] = ['triggered', 'acknowledged', 'mitigated'];
const notClosed: readonly Status[] = [...running, 'resolved'];

/** The life cycle in one table, read by the workflow, the API and the buttons: in which status which command is welcome. */
const welcomeIn: Readonly<Record<CommandName, readonly Status[]>> = {
  acknowledge: running,
  decline: running,
  escalate: running,
  page: running,
  assign: notClosed,
  handOver: notClosed,
  assess: notClosed,
  complete: notClosed,
  skip: notClosed,
  advance: running,
  reclassify: running,
  mitigate: ['triggered', 'acknowledged'],
  resolve: running,
  reopen: ['resolved'],
  standDown: notClosed,
  run: running,
  approve: running,
  reject: running,
  announce: notClosed,
  note: notClosed,
  collect: notClosed,
  link: notClosed,
  merge: notClosed,
  split: notClosed,
  mark: notClosed,
  file: notClosed,
  admit: notClosed,
  dismiss: notClosed,
  promote: running,
  alert: notClosed,
};

/** Whether the status alone allows it; for greying a button without its fields. */
export const isWelcome = (crisis: Crisis, name: CommandName): boolean =>
  welcomeIn[name].includes(crisis.status) || (name === 'acknowledge' && crisis.status === 'resolved' && rings(crisis));

/** A regulator's deadline rings on when the crisis is resolved, so it must be possible to answer. */
const rings = (crisis: Crisis): boolean => Object.values(crisis.engagements).some((one) => isRinging(crisis, one));

/** Why a command is refused at a time, in words a responder can read; undefined when it is welcome. */
export const whyNot = (crisis: Crisis, plan: Plan, command: Command, asking: Asking): string | undefined => {
  if (command.crisis !== undefined && command.crisis !== crisis.crisisId)
    return `cannot ${command.command}: ${command.crisis} is over; now ${crisis.crisisId} runs`;
  if (!isWelcome(crisis, command.command)) return `cannot ${command.command}: the crisis is ${crisis.status}`;
  const reason = whyShutOut(crisis, plan, command) ?? detail(crisis, plan, command, asking);
  return reason === undefined ? undefined : `cannot ${command.command}: ${reason}`;
};

/** A message from before still bears a link, and a claim needs none. */
const whyShutOut = (crisis: Crisis, plan: Plan, { by }: Command): string | undefined =>
  isDiscreet(crisis, plan) && crisis.restricted?.dismissed.includes(by)
    ? `${by} was dismissed from this crisis`
    : undefined;

const detail = (crisis: Crisis, plan: Plan, c: Command, asking: Asking): string | undefined => {
  switch (c.command) {
    case 'mark':
      return whyNotMark(crisis, c, asking.at);
    case 'file':
      return whyNotFile(crisis, plan, c, asking.at);
    case 'collect':
      return plan.authority && whyUnproven(c.by, asking);
    case 'standDown':
      return whyNotStandDown(crisis);
    case 'resolve':
      return whyNotResolve(crisis, plan, c.reason);
    case 'complete':
    case 'skip':
      return whyNotTask(crisis, plan, c.task);
    case 'run':
      return whyNotRun(crisis, plan, c.what) ?? whyMayNotRun(crisis, plan, c, asking);
    case 'approve':
      return whyMayNotApprove(crisis, plan, c, asking);
    case 'reject':
      return whyMayNotReject(crisis, plan, c, asking);
    case 'advance':
      return crisis.phase < plan.playbook.phases.length - 1 ? undefined : 'this is the last phase; resolve it instead';
    case 'announce':
      return own(plan.audiences, c.audience)
        ? undefined
        : `there is no audience "${c.audience}"; there are ${list(Object.keys(plan.audiences))}`;
    case 'page':
      return whyNotPage(crisis, plan, c.whom);
    case 'merge':
      return crisis.restricted ? 'a restricted crisis stays apart; link it instead' : whyNotMerge(crisis, c.into);
    case 'split':
      return whyNotSplit(crisis, c.cause);
    case 'promote':
      return crisis.type === 'watch' ? undefined : 'it is a crisis already';
    case 'assign':
    case 'handOver':
      return whyNotPerson(crisis, plan, c.person);
    case 'admit':
      return crisis.restricted ? whyNotPerson(crisis, plan, c.person) : 'everybody may see this crisis';
    case 'dismiss':
      return whyNotDismiss(crisis, c.person, c.by);
    default:
      return undefined;
  }
};

const whyNotPerson = (crisis: Crisis, plan: Plan, person: string): string | undefined =>
  own(rosterOf(crisis, plan).people, person) ? undefined : `nobody is known as "${person}"`;

const whyNotDismiss = ({ restricted }: Crisis, person: string, by: string): string | undefined => {
  if (!restricted) return 'everybody may see this crisis';
  if (person === by) return 'nobody can dismiss herself, or the last one who sees it might go';
  return restricted.dismissed.includes(person) ? `${person} is dismissed already` : undefined;
};

const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

const whyNotResolve = (crisis: Crisis, plan: Plan, reason: string | undefined): string | undefined => {
  if (crisis.acknowledgedAt === undefined && crisis.type !== 'watch') return 'nobody has acknowledged it';
  if (reason !== undefined) return undefined;
  const missing = missingValidation(crisis, plan);
  if (missing.length === 0) return undefined;
  return `the recovery validation is not done: ${missing.map(({ id, text }) => `${text} (${id})`).join('; ')}. Complete these, or give a reason`;
};

const whyNotTask = (crisis: Crisis, plan: Plan, id: string): string | undefined => {
  if (!hasTask(plan, id)) return `there is no task "${id}"; there are ${list(tasksOf(plan).map((task) => task.id))}`;
  return isSettled(crisis, id) ? `the task is ${crisis.tasks[id]?.status ?? 'done'} already` : undefined;
};

const whyNotRun = (crisis: Crisis, plan: Plan, what: string): string | undefined => {
  const procedure = own(crisis.procedures, what);
  if (procedure?.status === 'running') return `${what} is under way`;
  if (own(plan.playbook.procedures, what) || own(plan.actions, what)) return undefined;
  return `there is no procedure or action "${what}"; there are ${list([...Object.keys(plan.playbook.procedures), ...Object.keys(plan.actions)])}`;
};

const whyNotPage = (crisis: Crisis, plan: Plan, whom: string): string | undefined => {
  const [kind, id] = whom.includes(':') ? whom.split(':') : ['person', whom];
  if (kind === 'rung') return plan.ladder.some((rung) => rung.id === id) ? undefined : `there is no rung "${id ?? ''}"`;
  if (kind === 'team')
    return id === plan.service.team
      ? undefined
      : `only the rotation of team "${plan.service.team}" is known here; page a person`;
  return own(rosterOf(crisis, plan).people, id ?? '') ? undefined : `nobody is known as "${id ?? ''}"`;
};
