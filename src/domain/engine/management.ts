import type { Rung } from '../paging.js';
import { openEngagement } from './paging.js';
import { record, type Decision } from './decision.js';
import { tellPeople } from './telling.js';
import { rosterOf } from './questions.js';

const engage = (d: Decision, rung: Rung, reason: string): void => {
  if (d.crisis.engagements[`rung:${rung.id}`]) return;
  openEngagement(d, `rung:${rung.id}`, reason, [{ afterMs: 0, targets: [`rung:${rung.id}`] }]);
};

/** A rung whose time has come: the crisis has lasted for so long. */
export const engageRung = (d: Decision, id: string): void => {
  const rung = d.plan.ladder.find((one) => one.id === id);
  if (rung) engage(d, rung, `the crisis lasts longer than the ${rung.title} should not know of`);
};

/** Rungs whose facts hold are engaged at once: a breach calls the CTO, publicity the CEO. */
export const engageByFacts = (d: Decision): void => {
  if (d.crisis.type === 'watch') return;
  for (const rung of d.plan.ladder) {
    const fact = rung.engageOn.find((name) => d.crisis.facts[name] === true);
    if (fact) engage(d, rung, `${rung.title} is called for: ${fact}`);
  }
};

/** Tells a rung, without asking for an answer. */
export const tellRung = (d: Decision, id: string, reason: string): void => {
  const rung = d.plan.ladder.find((one) => one.id === id);
  if (!rung) return;
  record(d, { type: 'managementTold', rung: id, reason });
  tellPeople(d, {
    template: 'management-escalation',
    audienceId: `rung:${id}`,
    title: rung.title,
    people: rung.people,
    occasion: 'update',
    asked: reason,
  });
};

/** The next responders who have not been called yet, when a phase ends without a resolution. */
export const pageNextTier = (d: Decision, id: string, reason: string): void => {
  const roster = rosterOf(d.crisis, d.plan);
  const called = new Set(Object.values(d.crisis.engagements).flatMap(({ paged }) => paged));
  const tier = (['primary', 'secondary', 'commander', 'rotation'] as const).find((seat) =>
    roster[seat].some((person) => !called.has(person)),
  );
  if (tier) openEngagement(d, id, reason, [{ afterMs: 0, targets: [tier] }]);
};
