import { setTimeout as sleep } from 'node:timers/promises';
import { parseCommand, type CommandName } from '../../src/domain/command.js';
import type { Effect, Outcome } from '../../src/domain/effect.js';
import type { Declaration } from '../../src/domain/engine/occasion.js';
import type { Event, EventType } from '../../src/domain/event.js';
import type { Plan } from '../../src/domain/plan.js';
import { simulate } from '../../src/domain/simulate.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { randomFrom } from './random.js';
import { never } from './settings.js';
import type { Stand } from './stand.js';
import { beginStory } from './story.js';
import { until } from './until.js';

/**
 * Clocks strike at every fourth second and people act two seconds after, so that nothing comes to lie within the one second
 * in which two reasons ring a telephone once, nor outside it, by being a little late.
 */
const gridMs = 4_000;
const marginMs = 900;
const lastsMs = 6 * gridMs + gridMs / 2;

type Act = { name: CommandName; input: { by: string } & Record<string, unknown> };
type Scripted = Act & { afterMs: number };

const tasks = productionOutage.phases.flatMap((phase) => phase.tasks.map(({ id }) => id));

/** What people do in one random crisis: something between any two strikes of its clocks, now and then nothing. */
const scriptOf = (seed: number): Scripted[] => {
  const random = randomFrom(seed);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const act = (): Act => {
    const by = one(['ana', 'ben', 'chris', 'eve']);
    return one<Act>([
      { name: 'acknowledge', input: { by } },
      { name: 'decline', input: { by } },
      { name: 'escalate', input: { by } },
      { name: 'page', input: { by, whom: 'dana' } },
      { name: 'assign', input: { by, role: 'scribe', person: 'dana' } },
      { name: 'assess', input: { by, facts: { usersAffected: 1_200 } } },
      { name: 'complete', input: { by, task: one(tasks) } },
      { name: 'reclassify', input: { by, severity: one(['P0', 'P1']), reason: 'one region of three' } },
      { name: 'mitigate', input: { by } },
      { name: 'note', input: { by, text: 'the cache is cold' } },
      { name: 'advance', input: { by } },
    ]);
  };
  return Array.from({ length: 6 }, (_, i) => ({ afterMs: i * gridMs + gridMs / 2, ...act() })).filter(
    () => random() < 0.8,
  );
};

/** Which events follow one another; between the threads it depends on which of two messages was sent first. */
const threads: Record<string, readonly EventType[]> = {
  paging: ['engagementOpened', 'stepTaken', 'paged', 'nobodyToPage', 'roundEnded', 'engagementEnded', 'ackForgotten'],
  people: ['acknowledged', 'declined', 'escalated', 'assigned', 'assessed', 'reclassified', 'noted', 'refused'],
  clocks: ['phaseEntered', 'phaseBudgetEnded', 'managementTold', 'mitigated'],
  procedures: ['procedureStarted', 'stepSkipped', 'procedureEnded', 'actionStarted', 'monitoringOn'],
  telling: ['told'],
};
/** Work ends when its messages are sent, so only that it ends is alike, and how. */
const unordered: readonly EventType[] = ['taskDone', 'taskSkipped', 'taskFailed'];

/** Moments, keys that count events, and words of an action's own. */
const ofTheRun = new Set(['at', 'key', 'engagement', 'engagements', 'note', 'reason', 'until', 'late', 'via']);

const shape = (event: Event): string =>
  JSON.stringify(event, (name, value: unknown) => (ofTheRun.has(name) ? undefined : value));

const shapesOf = (events: readonly Event[], types: readonly EventType[]): string[] =>
  events.filter(({ type }) => types.includes(type)).map(shape);

const courseOf = (events: readonly Event[]): Record<string, string[]> => ({
  ...Object.fromEntries(Object.entries(threads).map(([thread, types]) => [thread, shapesOf(events, types)])),
  work: shapesOf(events, unordered).sort(),
});

const begunWith = async (stand: Stand, workflowId: string): Promise<{ declaration: Declaration; plan: Plan }> => {
  const { events } = await stand.client.workflow.getHandle(workflowId).fetchHistory();
  const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(input ?? []).toString('utf8')) as { declaration: Declaration; plan: Plan };
};

const mail = { person: 'dana', channel: 'email', to: 'dana@example.com', status: 'sent' };

const respond = (plan: Plan) => (effect: Effect, at: number) => {
  const id = 'key' in effect ? effect.key : '';
  const outcomes: Partial<Record<Effect['kind'], () => Outcome>> = {
    page: () => ({ of: effect, page: { status: 'sent' } }) as Outcome,
    tell: () => ({ of: effect, tell: { deliveries: [{ ...mail, key: `${id}/1`, at }] } }) as Outcome,
    lookUp: () => ({ of: effect, roster: { ...plan.roster, asOf: at } }) as Outcome,
    pace: () => ({ of: effect }) as Outcome,
  };
  const outcome = outcomes[effect.kind]?.();
  return outcome && { afterMs: 20, outcome };
};

/** Sends what the script says, when it says so; by how much the latest of it was late, in milliseconds. */
const live = async (script: readonly Scripted[], from: number, send: (act: Act) => Promise<void>): Promise<number> => {
  let latest = 0;
  for (const { afterMs, ...act } of script) {
    await sleep(Math.max(0, from + afterMs - Date.now()));
    await send(act);
    latest = Math.max(latest, Date.now() - from - afterMs);
  }
  await sleep(Math.max(0, from + lastsMs - Date.now()));
  return latest;
};

const simulated = (begun: { declaration: Declaration; plan: Plan }, script: readonly Scripted[], from: number) =>
  simulate({
    ...begun,
    declaredAt: from,
    script: script.map(({ afterMs, name, input }) => {
      const parsed = parseCommand(name, input);
      if ('fault' in parsed) throw new Error(parsed.fault);
      return { afterMs, occasion: { type: 'command', command: parsed.command } };
    }),
    respond: respond(begun.plan),
    untilMs: lastsMs,
  }).events;

const steps = [
  [0, 'primary'],
  [gridMs, 'secondary'],
  [2 * gridMs, 'primary', 'secondary', 'commander'],
  [4 * gridMs, 'rung:engineering-manager'],
] as const;

/** One random crisis on the real server and once more on the simulated clock: what each decided. `lateMs`: how late the real one ran. */
export const liveAndSimulated = async (stand: Stand, seed: number) => {
  const story = beginStory(stand, { steps, budgetsMs: [3 * gridMs, 5 * gridMs, never] });
  const script = scriptOf(seed);
  await story.alert({ facts: { completeOutage: true } });
  const { declaredAt: from } = await until('the crisis', story.crisis);
  const lateMs = await live(script, from, ({ name, input }) => story.handle.signal(name, input));
  const happened = (await story.events()).filter(({ at }) => at <= from + lastsMs);
  const course = simulated(await begunWith(stand, story.workflowId), script, from);
  await story.handle.terminate('compared');
  return { lateMs, live: courseOf(happened), simulated: courseOf(course) };
};

/** The same, and again when the machine was so busy that the order itself may have become another. */
export const comparedInTime = async (stand: Stand, seed: number, tries = 3): ReturnType<typeof liveAndSimulated> => {
  const compared = await liveAndSimulated(stand, seed);
  const same = JSON.stringify(compared.live) === JSON.stringify(compared.simulated);
  return same || compared.lateMs < marginMs || tries === 1 ? compared : comparedInTime(stand, seed, tries - 1);
};
