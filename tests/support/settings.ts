import { Settings } from '../../src/domain/settings.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';

/** Deadlines in stories come in two sizes: one that passes at once, one that never does. */
export const soon = 300;
export const never = 3_600_000;

type Steps = readonly (readonly [afterMs: number, ...targets: string[]])[];

export type SettingsOptions = {
  smtp: number;
  steps?: Steps;
  budgetsMs?: readonly [number, number, number];
  regressionWatchMs?: number;
  actions?: Record<string, unknown>;
  slots?: Record<string, string>;
  more?: Record<string, unknown>;
};

const mails = (...names: string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { name: name[0]!.toUpperCase() + name.slice(1), contacts: [{ channel: 'email', to: `${name}@example.com` }] },
    ]),
  );

/** The seed's procedures, in which what was done has to hold for so long before it is verified. */
const bakedFor = (bakeMs: number) =>
  Object.fromEntries(
    Object.entries(productionOutage.procedures).map(([id, { steps, ...procedure }]) => [
      id,
      { ...procedure, steps: steps.map((step) => ({ ...step, bakeMs: Math.min(step.bakeMs, bakeMs) })) },
    ]),
  );

/** A small organisation whose every deadline the story says. */
export const settingsFor = ({
  smtp,
  steps = [
    [0, 'primary'],
    [never, 'secondary'],
  ],
  budgetsMs = [never, never, never],
  regressionWatchMs = never,
  actions = {},
  slots = {},
  more = {},
}: SettingsOptions): Settings =>
  Settings.parse({
    people: mails('ana', 'ben', 'chris', 'mia', 'vera', 'carl', 'eve', 'dana'),
    schedules: { first: { people: ['ana'] }, second: { people: ['ben'] }, lead: { people: ['chris'] } },
    teams: {
      checkout: {
        people: ['ana', 'ben', 'dana'],
        oncall: { primary: 'first', secondary: 'second', commander: 'lead' },
      },
    },
    defaultTeam: 'checkout',
    services: { shop: { name: 'Shop', team: 'checkout', slots } },
    policies: {
      P0: {
        steps: steps.map(([afterMs, ...targets]) => ({ afterMs, targets })),
        repeatAfterMs: never,
        forgottenAfterMs: never,
      },
    },
    ladder: [
      { id: 'engineering-manager', title: 'Engineering Manager', people: ['mia'] },
      { id: 'vp-engineering', title: 'VP Engineering', people: ['vera'] },
      { id: 'cto', title: 'CTO', people: ['carl'] },
      { id: 'ceo', title: 'CEO', people: ['eve'] },
    ],
    audiences: {
      engineering: { title: 'Engineering', people: ['dana'] },
      customers: {
        title: 'Customers',
        contacts: [{ channel: 'email', to: 'customers@example.com', urgent: false }],
        outside: true,
      },
    },
    playbooks: {
      productionOutage: {
        ...productionOutage,
        phases: productionOutage.phases.map((phase, i) => ({ ...phase, untilMs: budgetsMs[i] })),
        procedures: bakedFor(soon),
        regressionWatchMs,
      },
    },
    actions,
    // A story of its own: tests/stories/throttle.test.ts.
    paging: { throttle: { enabled: false } },
    channels: { email: { host: '127.0.0.1', port: smtp, from: 'Firebreak <firebreak@example.com>' } },
    ...more,
  });
