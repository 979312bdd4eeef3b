import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { namesOf } from '../domain/describe/names.js';
import { currentDetails } from '../domain/details.js';
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

/**
 * The page of text about a crisis, for Temporal's user interface: written only when somebody looks, since Temporal makes JSON of
 * it then. Written at every step instead, it took a fifth of the time of a workflow.
 */
export const showDetails = (course: Course): void => {
  const written = (): string => {
    const [crisis, plan] = [course.crisis(), course.plan()];
    return currentDetails(crisis, due(crisis, plan), Date.now(), plan);
  };
  setCurrentDetails({ toJSON: written } as unknown as string);
};

/** Shows a crisis in Temporal's lists: its search attributes whenever one has changed. */
export const createShow = (course: Course) => {
  let shown = '';
  return (): void => {
    const [crisis, plan] = [course.crisis(), course.plan()];
    const values = attributeValues(crisis, phaseOf(crisis, plan).id, plan.service.id);
    const now = JSON.stringify(values.map(({ value }) => value));
    if (shown !== '' && now !== shown) upsertSearchAttributes(values);
    shown = now;
  };
};
