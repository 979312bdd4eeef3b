import type { Crisis } from '../../crisis.js';
import { copyOfState } from '../state.js';
import { copyOfTable } from './table.js';

/** The parts of a state that grow with the crisis: those whose rows have names of its own are tables. */
type Tables = 'tasks' | 'deliveries' | 'tells';
type Part = 'alerts' | 'engagements' | 'roles' | 'procedures' | 'approvals';

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * A state in the making. What differs from the state before has been made for it and may be changed in place, so that a
 * whole decision copies each part once at most; everything else is shared with the state before, and is never touched.
 */
export type Draft = { readonly before: Crisis; crisis: Crisis };

export const draftOf = (crisis: Crisis): Draft => ({ before: crisis, crisis });

/** The state itself, to be changed in place. */
export const opened = (draft: Draft): Crisis => {
  if (draft.crisis === draft.before) draft.crisis = copyOfState(draft.before);
  return draft.crisis;
};

/** A part of an opened state, to be changed in place. Its rows may be replaced, and stay as they are themselves. */
export const writable = <Name extends Part>(draft: Draft, part: Name): Writable<Crisis[Name]> => {
  const rows = draft.crisis[part];
  if (rows !== draft.before[part]) return rows;
  const copy = {} as Crisis[Name];
  // Row by row: where no two objects are alike this is faster than a spread.
  for (const name in rows) copy[name] = rows[name];
  draft.crisis[part] = copy;
  return copy;
};

/** A table of an opened state, to have rows put into it. */
export const tableToChange = <Name extends Tables>(draft: Draft, part: Name): Crisis[Name] => {
  const table = draft.crisis[part];
  if (table !== draft.before[part]) return table;
  const copy = copyOfTable(table);
  draft.crisis[part] = copy;
  return copy;
};

/** Puts a part that nobody else holds in the place of the one before. */
export const replace = <Name extends Part | Tables>(draft: Draft, part: Name, value: Crisis[Name]): void => {
  draft.crisis[part] = value;
};
