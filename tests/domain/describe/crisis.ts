import type { Crisis } from '../../../src/domain/crisis.js';
import { apply } from '../../../src/domain/engine/apply.js';
import { blank } from '../../../src/domain/engine/state.js';
import type { Event } from '../../../src/domain/event.js';
import { engineVersion, type Plan } from '../../../src/domain/plan.js';
import { defaultRungs } from '../../../src/playbooks/ladder.js';
import { defaultRules } from '../../../src/playbooks/matrix.js';
import { defaultPolicies } from '../../../src/playbooks/policies.js';
import { productionOutage } from '../../../src/playbooks/productionOutage.js';
import { defaultCadence, defaultTellings } from '../../../src/playbooks/tellings.js';
import { roster } from './timeline.js';

/** A plan of nothing but the product's defaults. */
export const plan: Plan = {
  engine: engineVersion,
  hash: 'defaults',
  organisation: 'Example',
  publicUrl: 'http://127.0.0.1:7400',
  service: { id: 'shop', name: 'Shop', team: 'shop' },
  playbook: productionOutage,
  policies: defaultPolicies,
  ladder: defaultRungs.map((rung) => ({ ...rung, people: ['dia'] })),
  rules: defaultRules,
  audiences: {},
  tellings: defaultTellings,
  cadence: defaultCadence,
  actions: {},
  slots: {},
  monitoring: { actions: [], probes: [] },
  approvalLapsesAfterMs: 900_000,
  raiseAfterMs: {},
  roster,
};

export const crisisOf = (events: readonly Event[]): Crisis => events.reduce(apply, blank);
