import fc from 'fast-check';
import type { ActionResult } from '../../../../src/domain/action.js';
import { AuthorityRules } from '../../../../src/domain/authorityRules.js';
import type { Effect, Outcome } from '../../../../src/domain/effect.js';
import type { Plan } from '../../../../src/domain/plan.js';
import type { World } from '../../../../src/domain/simulate.js';
import { productionOutage } from '../../../../src/playbooks/productionOutage.js';
import { watch } from '../../../../src/playbooks/watch.js';
import { alertOf, classified, declared, hour, minute, planFor, threeInTheMorning } from '../../../support/plan.js';
import { facts, moment, scripted } from './commands.js';

const duration = fc.constantFrom(0, 20_000, minute, 5 * minute, 20 * minute, hour);
const interval = duration.map((ms) => Math.max(ms, 20_000));
const target = fc.constantFrom(
  'primary',
  'secondary',
  'commander',
  'rotation',
  'rung:cto',
  'person:eve',
  'person:ghost',
);

const policy = fc
  .record({
    steps: fc.array(fc.record({ afterMs: duration, targets: fc.array(target, { minLength: 1, maxLength: 2 }) }), {
      maxLength: 4,
    }),
    repeatAfterMs: interval,
    forgottenAfterMs: interval,
  })
  .map((drawn) => ({ ...drawn, steps: drawn.steps.sort((a, b) => a.afterMs - b.afterMs) }));

const seats = fc.subarray(['ana', 'ben', 'chris']);

/** The seed's plan with other figures: short and empty ones, seats nobody sits in, slots nobody has filled. */
const mutated: fc.Arbitrary<Partial<Plan>> = fc
  .record(
    {
      policies: fc.record({ P0: policy.filter(({ steps }) => steps.length > 0), P1: policy, P2: policy, P3: policy }),
      budgets: fc.tuple(duration, duration, duration, interval),
      cadence: fc.record({ updateEveryMs: interval, remindBeforeMs: duration }),
      raiseAfterMs: fc.record({ P1: duration, P2: duration }, { requiredKeys: [] }),
      slots: fc.dictionary(
        fc.constantFrom('rollback', 'verify', 'scale', 'failover', 'deploy'),
        fc.constantFrom('rollback', 'healthy', 'scale', 'no-such-action'),
      ),
      seats: fc.record({ primary: seats, secondary: seats, commander: seats, rotation: seats }),
      approvalLapsesAfterMs: duration,
      authority: fc.constant(AuthorityRules.parse({})),
    },
    { requiredKeys: [] },
  )
  .map(({ budgets, seats: taken, ...rest }) => ({
    ...rest,
    ...(taken && { roster: { ...planFor().roster, ...taken } }),
    ...(budgets && { playbook: withBudgets(budgets) }),
  }));

const withBudgets = ([first, second, third, repeatEveryMs]: readonly [number, number, number, number]) => ({
  ...productionOutage,
  repeatEveryMs,
  phases: productionOutage.phases.map((phase, i) => ({
    ...phase,
    untilMs: [first, first + second, first + second + third][i] ?? 0,
  })),
});

type Fate = 'well' | 'badly' | 'in doubt' | 'error' | 'called off' | 'never';
export type Luck = { fate: Fate; afterMs: number };

const luck: fc.Arbitrary<Luck> = fc.record({
  fate: fc.constantFrom<Fate>('well', 'well', 'well', 'badly', 'in doubt', 'error', 'called off', 'never'),
  afterMs: fc.oneof(fc.nat(500), fc.nat(2 * minute)),
});

const statuses = { well: 'succeeded', badly: 'failed', 'in doubt': 'uncertain' } as const;

const outcomeOf = (effect: Effect, at: number, fate: Fate, plan: Plan): Outcome | undefined => {
  if (!['page', 'tell', 'run', 'lookUp', 'pace', 'archive'].includes(effect.kind)) return undefined;
  // The roster always comes or fails in a few seconds; the shell sees to that.
  if (effect.kind === 'lookUp')
    return fate === 'well' ? { of: effect, roster: { ...plan.roster, asOf: at } } : { of: effect, error: 'no answer' };
  if (fate === 'never') return undefined;
  if (fate === 'error' || fate === 'called off')
    return { of: effect, error: 'it broke', cancelled: fate === 'called off' } as Outcome;
  switch (effect.kind) {
    case 'page':
      return { of: effect, page: { status: fate === 'well' ? 'sent' : fate === 'badly' ? 'failed' : 'uncertain' } };
    case 'tell': {
      const status = fate === 'well' ? 'sent' : fate === 'badly' ? 'failed' : 'uncertain';
      const row = {
        key: `${effect.key}/1`,
        person: 'dana',
        channel: 'email',
        to: 'dana@example.com',
        status,
        at,
      } as const;
      return { of: effect, tell: { deliveries: [row] } };
    }
    case 'run': {
      const run: ActionResult = { status: statuses[fate], summary: fate, output: '', startedAt: at, endedAt: at };
      return { of: effect, run };
    }
    case 'open':
      return { of: effect, opened: effect.cause };
    case 'send':
    case 'pace':
    case 'archive':
      return { of: effect };
    default:
      return undefined;
  }
};

/** Each effect in turn meets its fate; when all are used up it begins again. */
const respondWith = (fates: readonly Luck[], plan: Plan): World['respond'] => {
  let nth = 0;
  return (effect, at) => {
    const { fate, afterMs } = fates[nth++ % fates.length] ?? { fate: 'well', afterMs: 20 };
    const outcome = outcomeOf(effect, at, fate, plan);
    return outcome && { afterMs: effect.kind === 'lookUp' ? Math.min(afterMs, 4_000) : afterMs, outcome };
  };
};

/** A crisis in which anything happens at any time, on the seed's plan or one with other figures. */
export const drawnWorld = fc
  .record({
    changes: fc.oneof(fc.constant({}), mutated),
    known: facts,
    asWatch: fc.boolean(),
    script: fc.array(scripted, { maxLength: 12 }),
    fates: fc.array(luck, { minLength: 1, maxLength: 8 }),
    away: fc.option(fc.tuple(moment, moment), { nil: undefined }),
    untilMs: fc.constantFrom(20 * minute, 20 * minute, 4 * hour),
  })
  // Clocks that strike several times a minute are not watched for hours.
  .map((drawn) => ({ ...drawn, untilMs: Object.keys(drawn.changes).length > 0 ? 20 * minute : drawn.untilMs }))
  .map((drawn) => ({ ...drawn, toString: () => JSON.stringify(drawn) }));
export type DrawnWorld = typeof drawnWorld extends fc.Arbitrary<infer Value> ? Value : never;

/** The world as drawn, each time anew, since its fates are used up by living through it. */
export const worldOf = ({ changes, known, asWatch, script, fates, away, untilMs }: DrawnWorld): World => {
  const classification = classified(known);
  const outage = planFor(changes);
  const isWatch = asWatch && ['P2', 'P3'].includes(classification.severity);
  const plan: Plan = isWatch ? { ...outage, playbook: watch, promotesTo: outage.playbook } : outage;
  return {
    plan,
    declaration: declared(known, {
      classification,
      crisisType: isWatch ? 'watch' : 'productionOutage',
      tallies: [{ alert: alertOf({ id: 'first', facts: known }), count: 1, lastAt: threeInTheMorning }],
    }),
    declaredAt: threeInTheMorning,
    script,
    respond: respondWith(fates, plan),
    ...(away && { away: { fromMs: away[0], toMs: away[0] + away[1] } }),
    untilMs,
  };
};
