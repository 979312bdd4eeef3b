import type { Crisis, Engagement } from '../crisis.js';
import type { PagingPolicy, PagingStep } from '../paging.js';
import type { Roster } from '../person.js';
import type { Automation, Phase, Playbook, Task } from '../playbook.js';
import type { Plan } from '../plan.js';
import type { Deadline } from '../regulatory/deadlines.js';
import { isWorse } from '../severity.js';
import { once } from './once.js';
import { own } from './own.js';

/** The engagement that every crisis has: somebody must respond. */
export const response = 'response';

export const policyOf = (crisis: Crisis, plan: Plan): PagingPolicy => plan.policies[crisis.classification.severity];

/** The steps of an engagement; those of the response follow the severity as it is now. */
export const stepsOf = (crisis: Crisis, plan: Plan, engagement: Engagement): readonly PagingStep[] =>
  engagement.steps ?? policyOf(crisis, plan).steps;

/** Nobody has answered it, and it has not been called off. */
export const isWaiting = ({ answeredAt, endedAt }: Engagement): boolean =>
  answeredAt === undefined && endedAt === undefined;

/** Somebody must answer for a regulator's deadline that has passed. */
export const deadlineEngagement = (obligation: string): string => `deadline:${obligation}`;

/** A regulator's clock runs on when the crisis is resolved. */
const ringsWhenResolved = ({ status }: Crisis, { id }: Engagement): boolean =>
  status === 'resolved' && id.startsWith(deadlineEngagement(''));

/** The phone still rings for it: nobody has answered, and the impact has not ended. */
export const isRinging = (crisis: Crisis, engagement: Engagement): boolean =>
  isWaiting(engagement) &&
  (!crisis.quiet || engagement.insistent === true) &&
  (isOpen(crisis) || ringsWhenResolved(crisis, engagement));

/** Deadlines of regulators that run: what is still to be filed. */
export const openDeadlines = ({ regulatory }: Crisis): readonly Deadline[] =>
  regulatory?.deadlines.filter(({ expected }) => !expected) ?? [];

/** No clock repeats faster than this, whatever the configuration says. */
const shortestRepeatMs = 1_000;
export const repeating = (everyMs: number): number => Math.max(everyMs, shortestRepeatMs);

/** After how long a round of paging that nobody answered begins again. */
export const repeatOf = (crisis: Crisis, plan: Plan, { id, repeatAfterMs }: Engagement): number =>
  repeating(id === response ? policyOf(crisis, plan).repeatAfterMs : repeatAfterMs);

/** Whether clocks may ring phones by themselves: a P2 or P3 is told and never rung. */
export const mayRing = (crisis: Crisis): boolean =>
  crisis.type !== 'watch' && !crisis.quiet && isWorse(crisis.classification.severity, 'P2');

/** Somebody of a rung of management is asked to come. */
export const rungEngagement = (rung: string): string => `rung:${rung}`;

/** What is to be asked for: never asked so far, or called off before it was answered. */
export const isUnasked = (crisis: Crisis, engagement: string): boolean => {
  const asked = crisis.engagements[engagement];
  return asked === undefined || (asked.endedAt !== undefined && asked.answeredAt === undefined);
};

export const isOpen = (crisis: Crisis): boolean => crisis.status !== 'resolved' && crisis.status !== 'closed';

export const rosterOf = (crisis: Crisis, plan: Plan): Roster => crisis.roster ?? plan.roster;

export const phaseOf = (crisis: Crisis, plan: Plan): Phase =>
  plan.playbook.phases[Math.min(crisis.phase, plan.playbook.phases.length - 1)]!;

const tasksIn = once(({ phases }: Playbook) => {
  const all: readonly Task[] = phases.flatMap(({ tasks }) => tasks);
  return {
    all,
    texts: new Map(all.map(({ id, text }) => [id, text])),
    doing: new Map(all.toReversed().map((task) => [task.does, task])),
  };
});

export const tasksOf = ({ playbook }: Plan): readonly Task[] => tasksIn(playbook).all;

/** The first task that the system does by itself in this way. */
export const taskDoing = ({ playbook }: Plan, does: Automation): Task | undefined => tasksIn(playbook).doing.get(does);

export const hasTask = ({ playbook }: Plan, id: string): boolean => tasksIn(playbook).texts.has(id);

/** What a task says, or its id where the playbook does not know it. */
export const taskSaid = ({ playbook }: Plan, id: string): string => tasksIn(playbook).texts.get(id) ?? id;

/** Done or deliberately left out; what failed by itself still waits for a person. */
export const isSettled = (crisis: Crisis, task: string): boolean => {
  const status = crisis.tasks[task]?.status;
  return status === 'done' || status === 'skipped';
};

/** Tasks begun and not done: of this phase and those before it, so many at most. */
export const openTasks = (crisis: Crisis, plan: Plan, atMost = Infinity): Task[] => {
  const open: Task[] = [];
  const { phases } = plan.playbook;
  for (let phase = 0; phase <= crisis.phase && phase < phases.length; phase++)
    for (const task of phases[phase]!.tasks) {
      if (open.length >= atMost) return open;
      if (!isSettled(crisis, task.id)) open.push(task);
    }
  return open;
};

/** The recovery validation that is still owed; the regression watch comes after resolving, so it is not asked before. */
export const missingValidation = (crisis: Crisis, plan: Plan): Task[] =>
  tasksOf(plan).filter((task) => task.validates && task.does !== 'watchRegression' && !isSettled(crisis, task.id));

/** A person's name, or the id where no name is known. */
export const nameOf = (crisis: Crisis, plan: Plan, person: string): string =>
  own(rosterOf(crisis, plan).people, person)?.name ?? person;
