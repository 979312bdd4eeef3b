import type { Rung } from '../paging.js';
import { openEngagement } from './paging.js';
import { record, type Decision } from './decision.js';
import { isDiscreet } from './openly.js';
import { tellPeople } from './telling.js';
import { isOpen, isUnasked, response, rosterOf, rungEngagement } from './questions.js';

const engage = (d: Decision, rung: Rung, reason: string, insistent = false): void => {
  const engagement = rungEngagement(rung.id);
  if (!isUnasked(d.crisis, engagement)) return;
  openEngagement(d, engagement, reason, [{ afterMs: 0, targets: [`rung:${rung.id}`] }], insistent);
};

/** A rung whose time has come: the crisis has lasted for so long. */
export const lastsTooLong = (d: Decision, id: string): void => {
  const rung = d.plan.ladder.find((one) => one.id === id);
  if (rung) engage(d, rung, `the crisis lasts longer than the ${rung.title} should not know of`);
};

/** Asks a rung to come for something that has just been done, also when the impact has ended. */
export const engageRung = (d: Decision, id: string, reason: string): void => {
  const rung = d.plan.ladder.find((one) => one.id === id);
  if (rung) engage(d, rung, reason, true);
};

/** Rungs whose facts hold are engaged at once: a breach calls the CTO, publicity the CEO, also when the impact has ended. */
export const engageByFacts = (d: Decision): void => {
  if (d.crisis.type === 'watch' || !isOpen(d.crisis)) return;
  for (const rung of d.plan.ladder) {
    const fact = rung.engageOn.find((name) => d.crisis.facts[name] === true);
    if (fact) engage(d, rung, `${rung.title} is called for: ${fact}`, true);
  }
};

/**
 * Tells a rung, without asking for an answer. The message of a restricted crisis says `openly` in the place of the reason,
 * which is on its timeline.
 */
export const tellRung = (d: Decision, id: string, reason: string, openly: string): void => {
  const rung = d.plan.ladder.find((one) => one.id === id);
  if (!rung) return;
  record(d, { type: 'managementTold', rung: id, reason });
  tellPeople(d, {
    template: 'management-escalation',
    audienceId: `rung:${id}`,
    title: rung.title,
    people: rung.people,
    occasion: 'update',
    asked: isDiscreet(d.crisis, d.plan) ? `${openly}. Firebreak shows more to those it names.` : reason,
  });
};

/** The next responders who have not been called yet, when a phase ends without a resolution. Whether there were any. */
export const pageNextTier = (d: Decision, id: string, reason: string, insistent = false): boolean => {
  const roster = rosterOf(d.crisis, d.plan);
  const troubled = new Set(
    Object.values(d.crisis.engagements).flatMap(({ paged, declined }) => [...paged, ...declined]),
  );
  const fresh = (seat: 'primary' | 'secondary' | 'commander' | 'rotation') =>
    roster[seat].filter((person) => !troubled.has(person));
  const tier = (['primary', 'secondary', 'commander', 'rotation'] as const).find((seat) => fresh(seat).length > 0);
  if (!tier) return false;
  // Of the rotation only who still sleeps.
  const targets = tier === 'rotation' ? fresh(tier).map((person) => `person:${person}`) : [tier];
  openEngagement(d, id, reason, [{ afterMs: 0, targets }], insistent);
  return true;
};

/** A person asks for more people: the next tier; when all were called, the next rung of management; at last everyone again. */
export const callMore = (d: Decision, reason: string, by: string): void => {
  const id = `more:${d.crisis.seq}`;
  if (pageNextTier(d, id, reason, true)) return;
  const rung = d.plan.ladder.find(({ id: one }) => isUnasked(d.crisis, rungEngagement(one)));
  if (rung) return engage(d, rung, reason, true);
  const { rotation, commander } = rosterOf(d.crisis, d.plan);
  const others = [...new Set([...rotation, ...commander])].filter((person) => person !== by);
  if (others.length > 0)
    return openEngagement(d, id, reason, [{ afterMs: 0, targets: others.map((person) => `person:${person}`) }], true);
  openEngagement(d, response, reason, []);
};
