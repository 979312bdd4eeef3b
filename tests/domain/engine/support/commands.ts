import fc from 'fast-check';
import type { Alert } from '../../../../src/domain/alert.js';
import { commandNames, parseCommand, type Command } from '../../../../src/domain/command.js';
import type { Verified } from '../../../../src/domain/commandProof.js';
import type { Crisis } from '../../../../src/domain/crisis.js';
import type { Facts } from '../../../../src/domain/facts.js';
import { roleIds } from '../../../../src/domain/role.js';
import { severities } from '../../../../src/domain/severity.js';
import type { Scripted } from '../../../../src/domain/simulate.js';
import { productionOutage } from '../../../../src/playbooks/productionOutage.js';
import { alertOf, hour, minute, threeInTheMorning } from '../../../support/plan.js';

/** Names that every object knows without having them. */
const treacherous = ['constructor', '__proto__', 'toString'] as const;

const who = fc.constantFrom('ana', 'ben', 'chris', 'dana', 'mia', 'vera', 'eve', 'stranger', ...treacherous);
const words = fc.constantFrom('because', 'nothing helps', '{{ inert }}');
const perhaps = fc.option(words, { nil: undefined });
const flag = fc.option(fc.boolean(), { nil: undefined });
const tasks = productionOutage.phases.flatMap((phase) => phase.tasks.map(({ id }) => id));
const task = fc.constantFrom(...tasks, 'no-such-task', ...treacherous);

/** Sooner is likelier, and some of it is long after everybody should be done. */
export const moment = fc.oneof(fc.nat(6 * minute), fc.nat(20 * minute), fc.nat(4 * hour));

export const facts: fc.Arbitrary<Facts> = fc
  .record({
    completeOutage: flag,
    partialDegradation: flag,
    minorFeatureIssue: flag,
    cosmetic: flag,
    securityBreach: flag,
    publicAttention: flag,
    highImpact: flag,
    usersAffectedPercent: fc.option(fc.nat(100), { nil: undefined }),
    regions: fc.option(fc.subarray(['eu', 'us', 'asia']), { nil: undefined }),
  })
  .map((known) => JSON.parse(JSON.stringify(known)) as Facts);

const alert: fc.Arbitrary<Alert> = fc
  .record({
    dedupKey: fc.constantFrom('CheckoutDown', 'Slow', 'Disk', ...treacherous),
    status: fc.constantFrom('firing' as const, 'resolved' as const),
    service: fc.constantFrom('shop', 'cart', undefined),
    facts,
    startedAt: fc.option(
      moment.map((ms) => threeInTheMorning + ms),
      { nil: undefined },
    ),
  })
  .map(({ service, startedAt, ...fields }) => {
    const { service: _service, ...bare } = alertOf({ id: 'random', ...fields });
    return { ...bare, ...(service !== undefined && { service }), ...(startedAt !== undefined && { startedAt }) };
  });

/** Every command there is, welcome or not. A request is filled in when it is sent, since its id is not known before. */
export const inputs: Readonly<Record<string, fc.Arbitrary<object>>> = {
  acknowledge: fc.record({ note: perhaps }),
  decline: fc.record({ reason: perhaps }),
  escalate: fc.record({ reason: perhaps }),
  page: fc.record({ whom: fc.oneof(who, fc.constantFrom('team:checkout', 'team:other', 'rung:cto', 'rung:none')) }),
  assign: fc.record({ role: fc.constantFrom(...roleIds), person: who }),
  handOver: fc.record({ person: who }),
  assess: fc.record({ facts }),
  complete: fc.record({ task }),
  skip: fc.record({ task, reason: words }),
  advance: fc.record({ reason: perhaps }),
  reclassify: fc.record({ severity: fc.constantFrom(...severities), reason: words }),
  mitigate: fc.record({ note: perhaps }),
  resolve: fc.record({ reason: perhaps }),
  reopen: fc.record({ reason: words }),
  standDown: fc.record({ reason: words }),
  run: fc.record({
    what: fc.constantFrom('mitigate', 'deployFix', 'rollback', 'scale', 'drop', 'nothing', ...treacherous),
    reason: perhaps,
    breakGlass: flag,
  }),
  approve: fc.record({ request: fc.constant('newest'), reason: perhaps, breakGlass: flag }),
  reject: fc.record({ request: fc.constantFrom('newest', ...treacherous) }),
  announce: fc.record({ audience: fc.constantFrom('engineering', 'customers', 'none', ...treacherous), text: words }),
  note: fc.record({ text: words }),
  collect: fc.record({
    entry: fc.record({
      did: fc.constantFrom('collected', 'handedOver'),
      item: words,
      seq: fc.nat(50),
      hash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
      said: words,
    }),
  }),
  link: fc.record({ to: words }),
  merge: fc.record({ into: fc.constantFrom('shop', 'umbrella:region-eu', ...treacherous), reason: perhaps }),
  split: fc.record({ cause: fc.constantFrom('cart', 'nothing', ...treacherous), reason: perhaps }),
  mark: fc.record({
    anchor: fc.constantFrom('occurred', 'aware', 'classified', 'material', 'highRisk', 'fixAvailable'),
    at: moment.map((ms) => new Date(threeInTheMorning + ms).toISOString()),
    reason: perhaps,
  }),
  file: fc.record({
    obligation: fc.constantFrom('gdpr-authority', 'nis2-early-warning', 'none', ...treacherous),
    outcome: fc.constantFrom('filed', 'part', 'notRequired'),
    reference: perhaps,
    reason: perhaps,
  }),
  admit: fc.record({ person: who, reason: perhaps }),
  dismiss: fc.record({ person: who, reason: words }),
  promote: fc.record({ reason: perhaps }),
  alert: fc.record({
    tallies: fc.array(
      alert.map((one) => ({ alert: one, count: 1, lastAt: one.receivedAt })),
      { minLength: 1, maxLength: 3 },
    ),
  }),
};

const newestRequest = (crisis: Crisis): string => Object.keys(crisis.approvals).at(-1) ?? 'none';

const aimed = (command: Command, crisis: Crisis): Command =>
  (command.command === 'approve' || command.command === 'reject') && command.request === 'newest'
    ? { ...command, request: newestRequest(crisis) }
    : command;

/** Ends a crisis at once, so it comes seldom. */
const seldom: readonly string[] = ['standDown', 'merge', 'resolve'];

/** Mostly of who it says; sometimes of somebody else, forged, or missing. */
const proofs = fc.constantFrom('own', 'own', 'own', 'of another', 'forged', 'none');
const proofOf = (kind: string, by: string): { proof?: Verified } => {
  if (kind === 'none') return {};
  if (kind === 'forged') return { proof: { fault: 'altered' } };
  return { proof: { actor: { kind: 'person', id: kind === 'own' ? by : 'ana', key: 'k1' } } };
};

/** Somebody sends any command at any time. */
export const scripted: fc.Arbitrary<Scripted> = fc
  .oneof(
    ...commandNames.map((name) => ({
      weight: seldom.includes(name) ? 1 : 3,
      arbitrary: fc.tuple(fc.constant(name), who, inputs[name] ?? fc.constant({}), moment, proofs),
    })),
  )
  .map(([name, by, input, afterMs, proof]) => {
    const parsed = parseCommand(name, JSON.parse(JSON.stringify({ ...input, by })));
    if ('fault' in parsed) throw new Error(`${name}: ${parsed.fault}`);
    const { command } = parsed;
    const occasion = (crisis: Crisis) => ({
      type: 'command' as const,
      command: aimed(command, crisis),
      ...proofOf(proof, by),
    });
    return { afterMs, occasion: Object.assign(occasion, { toJSON: () => command }) };
  });
