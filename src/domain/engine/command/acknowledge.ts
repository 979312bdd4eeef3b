import type { Actor } from '../../event.js';
import { perform, record, type Decision } from '../decision.js';
import { response, rosterOf } from '../questions.js';

/**
 * Somebody has come: what she was asked for stops ringing, the pages on their way for it are called off. Whoever
 * answers takes the response too, even unasked, since what matters is that somebody acts. The first one is the technical lead.
 */
export const acknowledge = (d: Decision, actor: Actor, note: string | undefined): void => {
  const asked = Object.values(d.crisis.engagements).filter(
    ({ id, answeredAt, paged }) => answeredAt === undefined && (id === response || paged.includes(actor.by)),
  );
  const engagements = asked.map(({ id }) => id);
  record(d, { type: 'acknowledged', engagements, ...actor, ...(note !== undefined && { note }) });
  const onTheirWay = Object.values(d.crisis.deliveries).filter(
    ({ status, about }) => status === 'intended' && engagements.includes(about),
  );
  if (onTheirWay.length > 0) perform(d, { kind: 'cancel', keys: onTheirWay.map(({ key }) => key) });
  if (d.crisis.roles['technical-lead'] === undefined)
    record(d, {
      type: 'assigned',
      role: 'technical-lead',
      person: actor.by,
      by: 'firebreak',
      ...(d.plan.authority && { vouched: isOnCall(d, actor.by) }),
    });
};

/** Whoever is on call may lead by having come; anybody else would make themselves a lead by a click. */
const isOnCall = ({ crisis, plan }: Decision, person: string): boolean => {
  const { primary, secondary, commander, rotation } = rosterOf(crisis, plan);
  return [primary, secondary, commander, rotation].some((seat) => seat.includes(person));
};
