import {
  allHandlersFinished,
  condition,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { commandNames, parseCommand, type Answer, type Command, type CommandName } from '../domain/command.js';
import type { Crisis } from '../domain/crisis.js';
import { describeDue } from '../domain/describe/describeDue.js';
import { namesOf } from '../domain/describe/names.js';
import { currentDetails } from '../domain/details.js';
import type { Effect } from '../domain/effect.js';
import { blank } from '../domain/engine/apply.js';
import { due } from '../domain/engine/clocks.js';
import { decide } from '../domain/engine/decide.js';
import type { Occasion } from '../domain/engine/occasion.js';
import { phaseOf } from '../domain/engine/questions.js';
import { whyNot } from '../domain/engine/whyNot.js';
import type { Tally } from '../domain/event.js';
import { foldTallies } from '../domain/intake/parcel.js';
import type { Plan } from '../domain/plan.js';
import type { NumberedEvent } from '../domain/record.js';
import { createAlarm } from './alarm.js';
import { createEffects } from './effects.js';
import { leaveToPostmortem } from './leaving.js';
import {
  attributeValues,
  crisisQuery,
  signalOf,
  timelineQuery,
  updateOf,
  type CrisisInput,
  type CrisisResult,
} from './messages.js';
import { createProjector } from './projector.js';
import type { ForwardingInput } from './shards.js';

/** A command sent twice is done once, as long as its id is among the newest so many. */
const commandIdsKept = 1000;
/** One execution takes exactly 10,000 signals, and the server's own hint does not count them. */
const signalsPerRun = 4000;

/**
 * The durable shell of a crisis. Handlers decide and apply at once; only the main loop awaits and acts. All logic is the engine's.
 */
export async function runCrisis(input: CrisisInput): Promise<CrisisResult> {
  let plan: Plan = input.plan;
  let crisis: Crisis = 'carried' in input ? input.carried.crisis : blank;
  let commandIds: string[] = 'carried' in input ? [...input.carried.commandIds] : [];
  const unflushed: NumberedEvent[] = 'carried' in input ? [...input.carried.unflushed] : [];
  const timeline: NumberedEvent[] = [...unflushed];
  const queue: Effect[] = [];
  const tooLate: Tally[] = [];
  let version = 0;
  let signals = 0;
  const asked = { toArchive: false };

  const effects = createEffects((outcome) => on({ type: 'outcome', outcome }));
  const alarm = createAlarm(() => version++);
  const projector = createProjector(
    unflushed,
    () => crisis,
    () => version++,
  );

  const on = (occasion: Occasion): void => {
    const decision = decide(crisis, plan, occasion, Date.now());
    const numbered = decision.events.map((event, i) => ({ seq: crisis.seq + i, event }));
    crisis = decision.crisis;
    timeline.push(...numbered);
    unflushed.push(...numbered);
    queue.push(...decision.effects);
    version++;
    if (crisis.type !== plan.playbook.type && plan.promotesTo) {
      const { promotesTo, ...rest } = plan;
      plan = { ...rest, playbook: promotesTo };
      on({ type: 'promoted' });
    }
  };

  const isRepeat = ({ id }: Command): boolean => id !== undefined && commandIds.includes(id);
  const remember = ({ id }: Command): void => {
    if (id !== undefined) commandIds = [...commandIds, id].slice(-commandIdsKept);
  };
  const answer = (): Answer => ({
    crisisId: crisis.crisisId,
    status: crisis.status,
    phase: phaseOf(crisis, plan).id,
    severity: crisis.classification.severity,
    seq: crisis.seq,
  });

  const validate = (name: CommandName, sent: unknown): void => {
    const parsed = parseCommand(name, sent);
    if ('fault' in parsed) throw new Error(parsed.fault);
    const reason = isRepeat(parsed.command) ? undefined : whyNot(crisis, plan, parsed.command);
    if (reason !== undefined) throw new Error(reason);
  };
  const take = (name: CommandName, sent: unknown): Answer => {
    const parsed = parseCommand(name, sent);
    if ('fault' in parsed) {
      on({ type: 'refused', command: name, by: whoSent(sent), reason: parsed.fault });
    } else if (!isRepeat(parsed.command)) {
      remember(parsed.command);
      if (parsed.command.command === 'alert' && crisis.status === 'closed') tooLate.push(...parsed.command.tallies);
      else on({ type: 'command', command: parsed.command });
    }
    return answer();
  };

  if ('declaration' in input) {
    if (input.openedBy !== undefined) commandIds = [input.openedBy];
    on({ type: 'declared', declaration: input.declaration });
  }
  setHandler(crisisQuery, () => ({
    crisis,
    next: due(crisis, plan),
    names: namesOf(crisis, plan),
    playbook: plan.playbook,
  }));
  setHandler(timelineQuery, () => ({ crisisId: crisis.crisisId, events: timeline, total: crisis.seq }));
  for (const name of commandNames) {
    setHandler(updateOf(name), (sent) => take(name, sent), { validator: (sent) => validate(name, sent) });
    setHandler(signalOf(name), (sent) => {
      signals++;
      take(name, sent);
    });
  }

  const start = (effect: Effect): void => {
    if (effect.kind === 'cancel') effects.cancel(effect.keys);
    else if (effect.kind === 'archive') asked.toArchive = true;
    else effects.start(effect);
  };
  let shown = '';
  const show = (): void => {
    const next = due(crisis, plan);
    setCurrentDetails(currentDetails(crisis, next, Date.now(), plan));
    const values = attributeValues(crisis, phaseOf(crisis, plan).id, plan.service.id);
    const now = JSON.stringify(values.map(({ value }) => value));
    if (shown !== '' && now !== shown) upsertSearchAttributes(values);
    shown = now;
  };
  const isIdle = (): boolean => queue.length === 0 && effects.count() === 0;
  const wantsNewRun = (): boolean =>
    workflowInfo().continueAsNewSuggested || signals >= signalsPerRun || crisis.type !== workflowInfo().workflowType;

  for (;;) {
    const seen = version;
    for (const effect of queue.splice(0)) start(effect);
    show();
    projector.start(effects.areBrief());
    const [next] = due(crisis, plan);
    if (next && next.at <= Date.now()) {
      on({ type: 'due', due: next });
      continue;
    }
    if (isIdle() && asked.toArchive) {
      alarm.setTo(undefined, '');
      break;
    }
    if (isIdle() && wantsNewRun()) {
      projector.stop();
      await condition(() => allHandlersFinished() && !projector.isBusy());
      await projector.unload();
      if (isIdle()) return continueAs(crisis.type, { carried: { crisis, commandIds, unflushed }, plan });
    }
    alarm.setTo(next?.at, next ? describeDue(next, namesOf(crisis, plan)) : '');
    await condition(() => version !== seen || queue.length > 0);
  }

  projector.stop();
  await condition(() => allHandlersFinished() && !projector.isBusy());
  await projector.unload();
  const { mergedInto: to } = crisis;
  if (to !== undefined) {
    const view = { names: namesOf(crisis, plan), playbook: plan.playbook };
    await leaveToPostmortem({ crisis, plan, unflushed });
    return goOnAs('forwarding', { crisis, to, view, left: tooLate });
  }
  await leaveToPostmortem({ crisis, plan, unflushed });
  // Temporal takes this end only when no signal has come that it does not count with, so the last alert is in it too.
  return { crisisId: crisis.crisisId, status: crisis.status, events: crisis.seq, tooLate: foldTallies(tooLate) };
}

const continueAs = async (workflowType: string, input: CrisisInput): Promise<never> =>
  makeContinueAsNewFunc<(input: CrisisInput) => Promise<CrisisResult>>({ workflowType })(input);

/** The id stays taken by what brings the cause's alerts to the crisis that this one has gone into. */
const goOnAs = async (workflowType: 'forwarding', input: ForwardingInput): Promise<never> =>
  makeContinueAsNewFunc<(input: ForwardingInput) => Promise<CrisisResult>>({ workflowType })(input);

const whoSent = (sent: unknown): string => {
  const by = (sent as { by?: unknown } | null)?.by;
  return typeof by === 'string' && by !== '' ? by.slice(0, 200) : 'unknown';
};
