import { parseCommand, type Command, type CommandName } from '../../src/domain/command.js';
import type { Effect, Outcome } from '../../src/domain/effect.js';
import type { Scripted, World } from '../../src/domain/simulate.js';
import { alertOf, declared, hour, minute, planFor, threeInTheMorning } from '../../tests/support/plan.js';
import { seeded } from '../ground/random.js';

const plan = planFor();
const tasks = plan.playbook.phases.flatMap((phase) => phase.tasks.map(({ id }) => id));

const command = (name: CommandName, input: object): Command => {
  const parsed = parseCommand(name, { by: 'ana', ...input });
  if ('fault' in parsed) throw new Error(parsed.fault);
  return parsed.command;
};

const acknowledge = command('acknowledge', {});

/** Parsed once: what is measured is the deciding, not the reading. */
const commands: readonly Command[] = [
  ...tasks.map((task) => command('complete', { task })),
  acknowledge,
  command('decline', {}),
  command('escalate', {}),
  command('assign', { role: 'scribe', person: 'dana' }),
  command('assess', { facts: { usersAffected: 1_200 } }),
  command('note', { text: 'the cache is cold' }),
  command('reclassify', { severity: 'P1', reason: 'one region of three' }),
  command('mitigate', {}),
  command('resolve', { reason: 'it holds' }),
  command('alert', {
    tallies: [{ alert: alertOf({ receivedAt: threeInTheMorning }), count: 7, lastAt: threeInTheMorning }],
  }),
];

const outcomeOf = (effect: Effect, at: number, fails: boolean): Outcome | undefined => {
  switch (effect.kind) {
    case 'page':
      return {
        of: effect,
        page: fails ? { status: 'failed', reason: 'no such number' } : { status: 'sent', ref: effect.key },
      };
    case 'tell':
      return { of: effect, tell: { deliveries: [] } };
    case 'run':
      return {
        of: effect,
        run: { status: fails ? 'failed' : 'succeeded', summary: 'exit', output: '', startedAt: at, endedAt: at + 100 },
      };
    case 'lookUp':
      return { of: effect, roster: { ...plan.roster, asOf: at } };
    case 'pace':
      return { of: effect };
    default:
      return undefined;
  }
};

/**
 * A night of two hours in which somebody acknowledges within ten minutes and people then do ten to forty things at random;
 * a fifth of all pages and actions fail.
 */
export const randomNight = (seed: number): World => {
  const random = seeded(seed);
  const acts = 10 + Math.floor(random() * 30);
  const script: Scripted[] = [
    { afterMs: Math.floor(random() * 10 * minute), occasion: { type: 'command', command: acknowledge } },
    ...Array.from({ length: acts }, (): Scripted => ({
      afterMs: Math.floor(random() * hour + minute / 2),
      occasion: { type: 'command', command: commands[Math.floor(random() * commands.length)]! },
    })),
  ];
  return {
    plan,
    declaration: declared(),
    declaredAt: threeInTheMorning,
    script,
    respond: (effect, at) => {
      const outcome = outcomeOf(effect, at, random() < 0.2);
      return outcome && { afterMs: 20 + Math.floor(random() * 2_000), outcome };
    },
    untilMs: 2 * hour,
  };
};
