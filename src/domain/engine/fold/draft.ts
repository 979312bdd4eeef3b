import type { Crisis } from '../../crisis.js';
import { copyOf } from '../state.js';

/** The parts of a state that grow with the crisis. */
type Part = 'alerts' | 'engagements' | 'roles' | 'tasks' | 'procedures' | 'approvals' | 'deliveries' | 'tells';

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * A state in the making. What differs from the state before has been made for it and may be changed in place, so that a
 * whole decision copies each part once at most; everything else is shared with the state before, and is never touched.
 */
export type Draft = { readonly before: Crisis; crisis: Crisis };

export const draftOf = (crisis: Crisis): Draft => ({ before: crisis, crisis });

/** The state itself, to be changed in place. */
export const opened = (draft: Draft): Crisis => {
  if (draft.crisis === draft.before) draft.crisis = copyOf(draft.before);
  return draft.crisis;
};

/** Row by row, which for names from outside, no two crises having the same, is faster than a spread. */
const rowsOf = <Rows extends Crisis[Part]>(rows: Rows): Rows => {
  const copy = {} as Rows;
  for (const name in rows) copy[name] = rows[name];
  return copy;
};

/** A part of an opened state, to be changed in place. Its rows may be replaced, and stay as they are themselves. */
export const writable = <Name extends Part>(draft: Draft, part: Name): Writable<Crisis[Name]> => {
  const rows = draft.crisis[part];
  if (rows !== draft.before[part]) return rows;
  const copy = rowsOf(rows);
  draft.crisis[part] = copy;
  return copy;
};

/** Puts a part that nobody else holds in the place of the one before. */
export const replace = <Name extends Part>(draft: Draft, part: Name, value: Crisis[Name]): void => {
  draft.crisis[part] = value;
};
