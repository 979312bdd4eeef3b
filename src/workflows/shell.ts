import { allHandlersFinished, condition, makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import { describeDue } from '../domain/describe/describeDue.js';
import { namesOf } from '../domain/describe/names.js';
import type { Effect } from '../domain/effect.js';
import { due } from '../domain/engine/clocks.js';
import type { Tally } from '../domain/event.js';
import type { Plan } from '../domain/plan.js';
import { foldTallies } from '../domain/intake/tallies.js';
import { createAlarm } from './alarm.js';
import { takeCommands, type Came } from './commanding.js';
import { createCourse, type Course } from './course.js';
import { createEffects } from './effects.js';
import { leaveToPostmortem } from './leaving.js';
import type { CrisisInput, CrisisResult } from './messages.js';
import { createProjector } from './projector.js';
import type { ForwardingInput } from './shards.js';
import { answerQueries, createShow, showDetails } from './showing.js';

/**
 * One execution takes exactly 10,000 signals, and the server's own hint does not count them. A short history is decided again
 * fast, which the begin of a new run needs when more comes in that moment.
 */
const signalsPerRun = 4000;
const commandsPerRun = 250;
const hasTakenMany = ({ updates, signals }: Came, { engine }: Plan): boolean =>
  engine < 3 ? signals >= signalsPerRun : updates + signals >= commandsPerRun;

/** More than ever fall due at once, after whatever absence: the task fails, which the watchdog sees, and no other crisis waits. */
const mostDueAtOnce = 10_000;

/**
 * The durable shell of a crisis. Handlers decide and apply at once; only the main loop awaits and acts. All logic is the engine's.
 */
export async function runCrisis(input: CrisisInput): Promise<CrisisResult> {
  const course = createCourse(input);
  const asked = { toArchive: false };
  const effects = createEffects((outcome) => course.on({ type: 'outcome', outcome }));
  const alarm = createAlarm(course.touch);
  const projector = createProjector({ ...course, state: course.crisis, engine: () => course.plan().engine });
  const showAttributes = createShow(course);

  if ('declaration' in input) course.on({ type: 'declared', declaration: input.declaration });
  answerQueries(course);
  showDetails(course);
  const commands = takeCommands(course, input);

  const tellsTogether = (): boolean => course.plan().engine >= 5;
  const start = (effect: Effect): void => {
    if (effect.kind === 'cancel') effects.cancel(effect.keys);
    else if (effect.kind === 'archive') asked.toArchive = true;
    else if (effect.kind !== 'tell' || !tellsTogether()) effects.start(effect);
  };
  const startAll = (begun: readonly Effect[]): void => {
    for (const effect of begun) start(effect);
    const tells = begun.filter((effect) => effect.kind === 'tell');
    if (tells.length > 0 && tellsTogether()) effects.tell(tells);
  };
  const isIdle = (): boolean => !course.hasEffects() && effects.count() === 0;
  const wantsNewRun = (): boolean =>
    workflowInfo().continueAsNewSuggested ||
    hasTakenMany(commands.came, course.plan()) ||
    course.crisis().type !== workflowInfo().workflowType;
  const settle = async (): Promise<void> => {
    projector.stop();
    await condition(() => allHandlersFinished() && !projector.isBusy());
    await projector.unload();
  };

  /**
   * In the very task that asks for a new run: while a second try is under way the server holds signals back, and only then. What
   * is being projected goes on and is projected again, which is safe.
   */
  const leaveAtOnce = async (): Promise<void> => {
    await condition(allHandlersFinished);
    await projector.unload();
  };

  let dueAtOnce = 0;
  for (;;) {
    const seen = course.version();
    startAll(course.takeEffects());
    const [next] = due(course.crisis(), course.plan());
    showAttributes();
    projector.start(effects.areBrief());
    if (next && next.at <= Date.now()) {
      if (++dueAtOnce > mostDueAtOnce) throw new Error(`falls due without end: ${JSON.stringify(next)}`);
      course.on({ type: 'due', due: next });
      continue;
    }
    dueAtOnce = 0;
    if (isIdle() && asked.toArchive) break;
    if (isIdle() && wantsNewRun()) {
      if (course.plan().engine < 3) await settle();
      else await leaveAtOnce();
      const carried = { crisis: course.crisis(), ...commands.ids(), unflushed: course.unflushed };
      if (isIdle()) return continueAs(course.crisis().type, { carried, plan: course.plan() });
    }
    alarm.setTo(next?.at, () => (next ? describeDue(next, namesOf(course.crisis(), course.plan())) : ''));
    await condition(() => course.version() !== seen || course.hasEffects());
  }

  alarm.setTo(undefined);
  await settle();
  return leave(course, commands.tooLate);
}

/** The crisis is over; what came too late for it goes on to the next one of its cause. */
const leave = async (course: Course, late: () => readonly Tally[]): Promise<CrisisResult> => {
  const [crisis, plan] = [course.crisis(), course.plan()];
  await leaveToPostmortem({ crisis, plan, unflushed: course.unflushed });
  const { mergedInto: to } = crisis;
  if (to !== undefined) {
    const view = { names: namesOf(crisis, plan), playbook: plan.playbook };
    return goOnAs('forwarding', { crisis, to, view, left: late() });
  }
  // Temporal takes this end only when no signal has come that it does not count with, so the last alert is in it too.
  const tooLate = foldTallies(late());
  return { crisisId: crisis.crisisId, status: crisis.status, events: crisis.seq, tooLate };
};

const continueAs = async (workflowType: string, input: CrisisInput): Promise<never> =>
  makeContinueAsNewFunc<(input: CrisisInput) => Promise<CrisisResult>>({ workflowType })(input);

/** The id stays taken by what brings the cause's alerts to the crisis that this one has gone into. */
const goOnAs = async (workflowType: 'forwarding', input: ForwardingInput): Promise<never> =>
  makeContinueAsNewFunc<(input: ForwardingInput) => Promise<CrisisResult>>({ workflowType })(input);
