import type { ActionResult } from '../../src/domain/action.js';
import type { CommandInput, CommandName } from '../../src/domain/command.js';
import type { Effect, Outcome, PageEffect, PageOutcome } from '../../src/domain/effect.js';
import { parseCommand } from '../../src/domain/command.js';
import type { EventOf, EventType } from '../../src/domain/event.js';
import type { Plan } from '../../src/domain/plan.js';
import { simulate, type Scripted, type World } from '../../src/domain/simulate.js';
import { declared, planFor, threeInTheMorning } from './plan.js';

type Said = Partial<ActionResult>;
type Night = {
  plan?: Partial<Plan>;
  declaration?: World['declaration'];
  /** What people do: at this offset, this command. */
  script?: readonly Scripted[];
  /** How each action ends; it succeeds unless told otherwise. A list is used up, its last one stays. */
  actions?: Readonly<Record<string, Said | Said[]>>;
  /** Pages to these addresses fail. */
  unreachable?: readonly string[];
  /** Of pages to these addresses nobody knows what became. */
  doubtful?: readonly string[];
  /** What is sent to these crises finds nobody: they are over. */
  over?: readonly string[];
  /** While Firebreak itself is away, nothing is done. */
  away?: World['away'];
  untilMs: number;
};

export const at = <Name extends CommandName>(afterMs: number, name: Name, input: CommandInput<Name>): Scripted => {
  const parsed = parseCommand(name, input);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return { afterMs, occasion: { type: 'command', command: parsed.command } };
};

/** A night of a crisis, on the simulated clock, in the words of a test. */
export const night = ({
  plan = {},
  declaration = declared(),
  script = [],
  actions = {},
  unreachable = [],
  doubtful = [],
  over = [],
  away,
  untilMs,
}: Night) => {
  const runs = new Map<string, number>();
  const resultOf = (actionId: string, at: number): ActionResult => {
    const said = actions[actionId] ?? {};
    const nth = runs.get(actionId) ?? 0;
    runs.set(actionId, nth + 1);
    const one = Array.isArray(said) ? (said[Math.min(nth, said.length - 1)] ?? {}) : said;
    return { status: 'succeeded', summary: 'exit 0', output: '', startedAt: at, endedAt: at + 100, ...one };
  };
  const pageTo = ({ to, key }: PageEffect): PageOutcome => {
    if (unreachable.includes(to)) return { status: 'failed', reason: 'no such number' };
    return doubtful.includes(to)
      ? { status: 'uncertain', reason: 'the answer was lost' }
      : { status: 'sent', ref: key };
  };
  const answer = (effect: Effect, at: number): Outcome | undefined => {
    switch (effect.kind) {
      case 'page':
        return { of: effect, page: pageTo(effect) };
      case 'tell':
        return {
          of: effect,
          tell: {
            deliveries: [{ key: `${effect.key}/1`, person: 'dana', channel: 'email', to: 'd', status: 'sent', at }],
          },
        };
      case 'run':
        return { of: effect, run: resultOf(effect.actionId, at) };
      case 'lookUp':
        return { of: effect, roster: { ...planFor(plan).roster, asOf: at } };
      case 'open':
        return { of: effect, opened: effect.cause };
      case 'send':
        return { of: effect, ...(over.includes(effect.to) && { error: 'there is none' }) };
      case 'pace':
        return { of: effect };
      case 'cancel':
      case 'archive':
        return undefined;
    }
  };
  const course = simulate({
    plan: planFor(plan),
    declaration,
    declaredAt: threeInTheMorning,
    script,
    untilMs,
    ...(away && { away }),
    respond: (effect, at) => {
      const outcome = answer(effect, at);
      return outcome && { afterMs: effect.kind === 'run' ? 100 : 20, outcome };
    },
  });
  const eventsOf = <Type extends EventType>(type: Type) =>
    course.events.filter((event): event is EventOf<Type> => event.type === type);
  return {
    ...course,
    eventsOf,
    /** Who was called when, in milliseconds after the declaration; each step once. */
    calls: () => eventsOf('stepTaken').map(({ at, people }) => [at - threeInTheMorning, ...people] as const),
    pagesTo: (person: string) => eventsOf('paged').filter((page) => page.person === person),
    refusals: () => eventsOf('refused').map(({ reason }) => reason),
  };
};
