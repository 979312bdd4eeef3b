import { Action } from '../../src/domain/action.js';
import type { Alert } from '../../src/domain/alert.js';
import { classify, type Classification } from '../../src/domain/classification.js';
import type { Declaration } from '../../src/domain/engine/occasion.js';
import type { Facts } from '../../src/domain/facts.js';
import type { Person } from '../../src/domain/person.js';
import { engineVersion, type Plan } from '../../src/domain/plan.js';
import { defaultRungs } from '../../src/playbooks/ladder.js';
import { defaultRules } from '../../src/playbooks/matrix.js';
import { defaultPolicies } from '../../src/playbooks/policies.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { defaultCadence, defaultTellings } from '../../src/playbooks/tellings.js';

/** Monday, 2 March 2026, 03:00 UTC. */
export const threeInTheMorning = Date.UTC(2026, 2, 2, 3);
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;

const person = (name: string, ...roles: Person['roles']): Person => ({
  name,
  timeZone: 'UTC',
  roles,
  contacts: [
    { channel: 'email', to: `${name.toLowerCase()}@example.com`, urgent: true },
    {
      channel: 'sms',
      to: `+4930${name.toLowerCase().charCodeAt(0)}${name.toLowerCase().charCodeAt(1)}00000`,
      urgent: true,
    },
  ],
});

export const people = {
  ana: person('Ana', 'technical-lead'),
  ben: person('Ben', 'platform-engineer'),
  chris: person('Chris', 'incident-commander'),
  dana: person('Dana'),
  mia: person('Mia'),
  vera: person('Vera'),
  carl: person('Carl'),
  eve: person('Eve'),
};

const peopleOf: Record<string, string[]> = {
  'engineering-manager': ['mia'],
  'vp-engineering': ['vera'],
  cto: ['carl'],
  ceo: ['eve'],
};

const action = (fields: object) => Action.parse({ kind: 'command', argv: ['true'], title: 'an action', ...fields });

/** The seed's own plan for one service, with people on call and an action in every slot that helps. */
export const planFor = (changes: Partial<Plan> = {}): Plan => ({
  engine: engineVersion,
  hash: 'test',
  organisation: 'Acme',
  publicUrl: 'http://127.0.0.1:7400',
  bridge: 'https://meet.example.com/crisis',
  service: { id: 'shop', name: 'Shop', team: 'checkout' },
  playbook: productionOutage,
  policies: defaultPolicies,
  ladder: defaultRungs.map((rung) => ({ ...rung, people: peopleOf[rung.id] ?? [] })),
  rules: defaultRules,
  audiences: {
    engineering: { title: 'Engineering', people: ['dana'], contacts: [], outside: false },
    management: { title: 'Management', people: ['mia'], contacts: [], outside: false },
    customers: {
      title: 'Customers',
      people: [],
      contacts: [{ channel: 'email', to: 'customers@example.com', urgent: false }],
      outside: true,
    },
  },
  tellings: defaultTellings,
  cadence: defaultCadence,
  actions: {
    rollback: action({ title: 'Roll back', preAuthorisedForMs: 300_000, idempotent: true }),
    healthy: action({ title: 'Is it healthy?', risk: 'safe' }),
    scale: action({ title: 'Scale out', risk: 'guarded' }),
    drop: action({ title: 'Drop the cache', risk: 'destructive', approvals: 2 }),
    debugLogs: action({ title: 'Debug logs', risk: 'safe', undo: 'normalLogs' }),
    normalLogs: action({ title: 'Normal logs', risk: 'safe' }),
  },
  slots: { rollback: 'rollback', verify: 'healthy', scale: 'scale' },
  monitoring: { actions: ['debugLogs'], probes: ['shop'] },
  approvalLapsesAfterMs: 15 * minute,
  raiseAfterMs: {},
  roster: {
    asOf: threeInTheMorning,
    primary: ['ana'],
    secondary: ['ben'],
    commander: ['chris'],
    rotation: ['ana', 'ben', 'dana'],
    people,
  },
  ...changes,
});

export const classified = (facts: Facts): Classification => classify(facts, defaultRules);

let alerts = 0;
export const alertOf = (fields: Partial<Alert> = {}): Alert => ({
  id: `alert-${++alerts}`,
  format: 'alertmanager',
  detection: 'monitoring alert',
  status: 'firing',
  dedupKey: 'CheckoutDown',
  summary: 'checkout is down',
  service: 'shop',
  labels: {},
  facts: { completeOutage: true },
  receivedAt: threeInTheMorning,
  ...fields,
});

export const declared = (facts: Facts = { completeOutage: true }, changes: Partial<Declaration> = {}): Declaration => ({
  crisisId: 'shop-20260302-abcde',
  correlationKey: 'shop',
  crisisType: 'productionOutage',
  mode: 'live',
  title: 'checkout is down',
  services: ['shop'],
  by: 'alertmanager',
  classification: classified(facts),
  tallies: [{ alert: alertOf({ facts }), count: 1, lastAt: threeInTheMorning }],
  ...changes,
});
