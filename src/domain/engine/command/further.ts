import type { Engagement } from '../../crisis.js';
import { record, type Decision } from '../decision.js';
import { callMore } from '../management.js';
import { takeDueStep } from '../paging.js';
import { isRinging, nameOf, response, stepsOf } from '../questions.js';

/** Does not wait for the clock: the next step now. When every step is taken, or somebody has come, others are called. */
export const callFurther = (d: Decision, by: string): void => {
  const engagement = d.crisis.engagements[response];
  const rings = engagement && isRinging(d.crisis, engagement);
  if (rings && engagement.step < stepsOf(d.crisis, d.plan, engagement).length) return takeDueStep(d, response, true);
  callMore(d, `${nameOf(d.crisis, d.plan, by)} asks for more people`, by);
};

/** Whoever cannot come is passed over. Nobody else is troubled by it, unless nobody else has been asked. */
export const decline = (d: Decision, by: string): void => {
  const name = nameOf(d.crisis, d.plan, by);
  const hers = Object.values(d.crisis.engagements).filter(
    (engagement) => isRinging(d.crisis, engagement) && engagement.paged.includes(by),
  );
  for (const engagement of hers) passOver(d, engagement, name, by);
  const answered = d.crisis.engagements[response]?.answeredBy === by;
  if (answered && !d.crisis.quiet && hers.every(({ id }) => id !== response))
    callMore(d, `${name} had answered and cannot stay`, by);
};

const passOver = (d: Decision, engagement: Engagement, name: string, by: string): void => {
  const { id, step, paged, declined } = engagement;
  if (step < stepsOf(d.crisis, d.plan, engagement).length) return takeDueStep(d, id, true);
  if (!paged.every((person) => declined.includes(person))) return;
  if (id !== response) record(d, { type: 'engagementEnded', engagement: id, reason: `${name} cannot come` });
  if (!id.startsWith('summon:')) callMore(d, `${name} cannot come`, by);
};
