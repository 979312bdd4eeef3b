import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { namesOf } from '../domain/describe/names.js';
import { currentDetails } from '../domain/details.js';
import type { Due } from '../domain/due.js';
import { due } from '../domain/engine/clocks.js';
import { phaseOf } from '../domain/engine/questions.js';
import type { Course } from './course.js';
import { attributeValues, crisisQuery, timelineQuery } from './messages.js';
import { newestOf } from './portions.js';

/** Temporal's clients take four megabytes at once; what is older than this much is in the store. */
const bytesAnswered = 2_000_000;

/** Answers whoever asks a crisis how it stands. */
export const answerQueries = (course: Course): void => {
  setHandler(
    crisisQuery,
    () => {
      const [crisis, plan] = [course.crisis(), course.plan()];
      return { crisis, next: due(crisis, plan), names: namesOf(crisis, plan), playbook: plan.playbook };
    },
    { description: 'how it stands, and what happens next' },
  );
  setHandler(
    timelineQuery,
    () => {
      const { crisisId, seq } = course.crisis();
      return { crisisId, events: newestOf(course.timeline(), bytesAnswered), total: seq };
    },
    { description: 'what has happened, the newest of it' },
  );
};

/** Shows a crisis in Temporal itself: its search attributes whenever one has changed, and its details as they stand. */
export const createShow = (course: Course) => {
  let shown = '';
  return {
    attributes: (): void => {
      const [crisis, plan] = [course.crisis(), course.plan()];
      const values = attributeValues(crisis, phaseOf(crisis, plan).id, plan.service.id);
      const now = JSON.stringify(values.map(({ value }) => value));
      if (shown !== '' && now !== shown) upsertSearchAttributes(values);
      shown = now;
    },
    /** A page of text: worth writing only when nothing more happens for now. */
    details: (next: readonly Due[]): void =>
      setCurrentDetails(currentDetails(course.crisis(), next, Date.now(), course.plan())),
  };
};
