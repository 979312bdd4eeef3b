import { defaultRungs } from '../../src/playbooks/ladder.js';
import { defaultCadence } from '../../src/playbooks/tellings.js';
import { defaultPolicies } from '../../src/playbooks/policies.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import type { Sizes } from '../sizes.js';

const names = ['ana', 'ben', 'chris', 'dana', 'mia', 'vera', 'carl', 'eve'];
const rungPeople: Record<string, string[]> = {
  'engineering-manager': ['mia'],
  'vp-engineering': ['vera'],
  cto: ['carl'],
  ceo: ['eve'],
};
const command = (title: string, more = {}) => ({ kind: 'command', title, argv: ['true'], ...more });
const oncall = { primary: 'first', secondary: 'second', commander: 'lead' };
const never = '100h';
const quiet = { repeatAfterMs: never, forgottenAfterMs: never };

/** Every time divided, so that an hour of an outage passes in half a minute and its history is as long as ever. */
export const hastened = <T>(value: T, factor: number): T =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key.endsWith('Ms') && typeof inner === 'number' ? Math.round(inner / factor) : inner,
    ),
  ) as T;

/** So many alerts go before the first page that counts. */
export const warmUps = 3;

/** An hour in a minute, so that what takes a second is not taken for an absence. */
export const haste = 60;

const step = (afterMs: number | string, ...targets: string[]) => ({ afterMs, targets });

/** The crises that fall due in one instant are opened one after the other, each with so much less time. */
const instantPolicies = ({ instant: { crises, everyMs, dueAfterMs } }: Sizes) =>
  Array.from({ length: crises }, (_, i) => ({
    id: `instant-${i}`,
    policy: {
      steps: [step(0, 'primary'), step(dueAfterMs - i * everyMs, 'secondary'), step(never, 'commander')],
      ...quiet,
    },
  }));

/** An organisation of ordinary size, whose every address is the sink. */
export const settings = (sink: string, apiUrl: string, sizes: Sizes) => {
  const instants = instantPolicies(sizes);
  const team = (policy?: string) => ({
    people: ['ana', 'ben', 'dana'],
    oncall,
    ...(policy !== undefined && { policies: { P0: policy, P1: policy } }),
  });
  const audience = (title: string, people: string[], outside = false) => ({ title, people, outside });
  return {
    organisation: 'Acme',
    publicUrl: apiUrl,
    people: Object.fromEntries(
      names.map((name) => [name, { name, contacts: [{ channel: 'webhook', to: `${sink}/${name}` }] }]),
    ),
    schedules: { first: { people: ['ana'] }, second: { people: ['ben'] }, lead: { people: ['chris'] } },
    teams: {
      checkout: team(),
      hasty: team('hasty'),
      spread: team('spread'),
      idle: team('idle'),
      ...Object.fromEntries(instants.map(({ id }) => [id, team(id)])),
    },
    defaultTeam: 'idle',
    policies: {
      hasty: hastened(defaultPolicies.P0, haste),
      spread: {
        steps: [step(0, 'primary'), step(sizes.spread.afterMs, 'secondary'), step(never, 'commander')],
        ...quiet,
      },
      idle: { steps: [step(0, 'primary'), step(never, 'secondary')], ...quiet },
      ...Object.fromEntries(instants.map(({ id, policy }) => [id, policy])),
    },
    services: {
      ...Object.fromEntries(
        Array.from({ length: sizes.firstPages + warmUps }, (_, i) => [
          `shop-${i}`,
          { name: `Shop ${i}`, team: 'checkout', slots: { rollback: 'rollback', scale: 'scale' } },
        ]),
      ),
      outage: {
        name: 'Outage',
        team: 'hasty',
        slots: { rollback: 'rollback' },
        monitoring: ['debug'],
      },
      storm: { name: 'Storm', team: 'idle' },
      ...Object.fromEntries(Array.from({ length: sizes.spread.crises }, (_, i) => [`spread-${i}`, { team: 'spread' }])),
      ...Object.fromEntries(instants.map(({ id }) => [id, { team: id }])),
    },
    // Only what names a region has something in common; all other causes here are crises of their own.
    umbrella: { by: ['region'] },
    // Hundreds of crises call the same few people here, whose pages would go out together.
    paging: { throttle: { enabled: false } },
    ladder: defaultRungs.map((rung) => ({ ...rung, people: rungPeople[rung.id] ?? ['mia'] })),
    audiences: {
      engineering: audience('Engineering', ['dana', 'chris']),
      management: audience('Management', ['mia']),
      everyone: audience('Everyone', ['dana', 'mia', 'vera']),
    },
    actions: {
      rollback: command('Roll back', { preAuthorisedForMs: '5m', idempotent: true, verify: 'healthy' }),
      healthy: command('Is it healthy?', { risk: 'safe' }),
      scale: command('Scale out'),
      debug: command('Debug logs', { risk: 'safe', undo: 'normal' }),
      normal: command('Normal logs', { risk: 'safe' }),
    },
    channels: { webhook: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', allowHosts: ['127.0.0.1'] } },
  };
};

/** The same organisation in haste: the seed's budgets, ladder and cadence divided too. */
export const hastySettings = (...given: Parameters<typeof settings>) => {
  const usual = settings(...given);
  return {
    ...usual,
    playbooks: { productionOutage: hastened(productionOutage, haste) },
    ladder: hastened(usual.ladder, haste),
    cadence: hastened(defaultCadence, haste),
  };
};
