import type { Tally } from '../event.js';
import { keyFor, perform, record, type Decision } from './decision.js';

/**
 * What turns out to be an attack gets a crisis apart: restricted to those it names, with people and clocks of its own. This
 * one goes on for the systems that are down. It happens once, and never for what is restricted already.
 */
export const separateAttack = (d: Decision, by: string): void => {
  const { crisis, plan, at } = d;
  if (!plan.separatesAttacks || crisis.attackFound || crisis.facts.securityBreach !== true) return;
  // A watch is about to become a crisis, and asks again then.
  if (crisis.restricted || crisis.type === 'watch') return;
  const key = keyFor(d, 'attack', crisis.seq);
  const [service] = crisis.services;
  record(d, { type: 'attackFound', by });
  const tally: Tally = {
    alert: {
      id: key,
      format: 'report',
      detection: 'security notification',
      status: 'firing',
      dedupKey: `attack:${crisis.crisisId}`,
      summary: crisis.title,
      ...(service !== undefined && { service }),
      labels: {},
      facts: crisis.facts,
      startedAt: crisis.startedAt,
      receivedAt: at,
      by,
    },
    count: 1,
    lastAt: at,
    said: {
      severity: 'P0',
      type: 'securityIncident',
      rule: 'attack-found',
      why: `${crisis.crisisId} turned out to be an attack`,
    },
  };
  const { crisisId, correlationKey: cause } = crisis;
  perform(d, { kind: 'open', key, cause, crisisId, by, tallies: [tally], restricted: true });
};
