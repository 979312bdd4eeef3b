import type { Crisis } from '../../crisis.js';
import { copyOfState } from '../state.js';

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
  if (draft.crisis === draft.before) draft.crisis = copyOfState(draft.before);
  return draft.crisis;
};

/**
 * For rows whose names are a crisis's own. Without a prototype it is a hash table from its first row on; an object as usual
 * would be given a shape of its own for every row that is put in, and be read as slowly as if for the first time.
 */
export const emptyTable = <Row>(): Record<string, Row> => Object.create(null) as Record<string, Row>;

const copyOf = <Name extends Part>(part: Name, rows: Crisis[Name]): Crisis[Name] => {
  const copy = (part === 'tasks' || part === 'tells' ? emptyTable() : {}) as Crisis[Name];
  // Row by row: where no two objects are alike this is faster than a spread.
  for (const name in rows) copy[name] = rows[name];
  return copy;
};

/** A part of an opened state, to be changed in place. Its rows may be replaced, and stay as they are themselves. */
export const writable = <Name extends Part>(draft: Draft, part: Name): Writable<Crisis[Name]> => {
  const rows = draft.crisis[part];
  if (rows !== draft.before[part]) return rows;
  const copy = copyOf(part, rows);
  draft.crisis[part] = copy;
  return copy;
};

/** Puts a part that nobody else holds in the place of the one before. */
export const replace = <Name extends Part>(draft: Draft, part: Name, value: Crisis[Name]): void => {
  draft.crisis[part] = value;
};
