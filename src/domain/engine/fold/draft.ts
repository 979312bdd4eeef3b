import type { Crisis } from '../../crisis.js';

/** The parts of a state that grow with the crisis. */
type Part = 'alerts' | 'engagements' | 'roles' | 'tasks' | 'procedures' | 'approvals' | 'deliveries' | 'tells';

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * A state in the making. What is in `copied` has been copied and may be changed in place, so that a whole decision
 * copies each part once at most; everything else is shared with the state before, and is never touched.
 */
export type Draft = { crisis: Crisis; readonly copied: Set<Part | 'crisis'> };

export const draftOf = (crisis: Crisis): Draft => ({ crisis, copied: new Set() });

/** The state itself, to be changed in place. */
export const opened = (draft: Draft): Crisis => {
  if (!draft.copied.has('crisis')) {
    draft.crisis = { ...draft.crisis };
    draft.copied.add('crisis');
  }
  return draft.crisis;
};

/** A part of an opened state, to be changed in place. Its rows may be replaced, and stay as they are themselves. */
export const writable = <Name extends Part>(draft: Draft, part: Name): Writable<Crisis[Name]> => {
  if (!draft.copied.has(part)) replace(draft, part, { ...draft.crisis[part] });
  return draft.crisis[part];
};

/** Puts a part that nobody else holds in the place of the one before. */
export const replace = <Name extends Part>(draft: Draft, part: Name, value: Crisis[Name]): void => {
  draft.crisis[part] = value;
  draft.copied.add(part);
};
