import type { Crisis } from '../crisis.js';
import type { Event, EventOf, EventType } from '../event.js';
import { draftOf, opened, type Draft } from './fold/draft.js';
import { foldActions } from './fold/actions.js';
import { foldAlerts } from './fold/alerts.js';
import { foldLife } from './fold/life.js';
import { foldNaming } from './fold/naming.js';
import { foldPaging } from './fold/paging.js';
import { foldRegulators } from './fold/regulators.js';
import { foldTelling } from './fold/telling.js';

type Folds = { readonly [Type in EventType]: (draft: Draft, event: EventOf<Type>) => void };

const folds: Folds = {
  ...foldLife,
  ...foldAlerts,
  ...foldPaging,
  ...foldActions,
  ...foldTelling,
  ...foldNaming,
  ...foldRegulators,
};

/** Folds one more event into a state in the making. Total: every event has its row, and none of them throws. */
export const foldIn = (draft: Draft, event: Event): void => {
  opened(draft).seq++;
  const fold = folds[event.type] as (draft: Draft, event: Event) => void;
  fold(draft, event);
};

/** The state after one more event; the one before stays as it is. */
export const apply = (crisis: Crisis, event: Event): Crisis => {
  const draft = draftOf(crisis);
  foldIn(draft, event);
  return draft.crisis;
};
