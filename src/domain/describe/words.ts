import type { Actor } from '../event.js';

/**
 * What ids are called: a person's id, or `task:`, `phase:`, `procedure:`, `action:`, `rung:`, `audience:`, `obligation:` before another id,
 * `step:<engagement>:<index>` for whom a paging step asks. What has no name here is shown by its id.
 */
export type Names = Readonly<Record<string, string>>;

type Kind = 'task' | 'phase' | 'procedure' | 'action' | 'rung' | 'audience' | 'obligation';

// eslint-disable-next-line no-control-regex -- exactly those that could move a terminal's cursor or turn a line around
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** A text from outside as one printable line of bounded length. It stays untrusted: whoever renders it escapes it. */
export const oneLine = (text: string, longest = 300): string => {
  const line = text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
};

const own = (names: Names, id: string): string | undefined => (Object.hasOwn(names, id) ? names[id] : undefined);

/** What the thing is called. */
export const called = (names: Names, kind: Kind, id: string): string => oneLine(own(names, `${kind}:${id}`) ?? id);

/** What the person is called; the system itself bears the product's name. */
export const personCalled = (names: Names, id: string): string =>
  id === 'firebreak' ? 'Firebreak' : oneLine(own(names, id) ?? id);

/** `Ana`, `Ana and Ben`, `Ana, Ben and Cem`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? 'nobody') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

export const peopleCalled = (names: Names, ids: readonly string[]): string =>
  listed(ids.map((id) => personCalled(names, id)));

/** Who did it. Only the API proves who somebody is, so what came by another way says that nobody checked. */
export const actor = (names: Names, { by, via, proven }: Actor): string => {
  const name = personCalled(names, by);
  if (by === 'firebreak' && via === undefined) return name;
  const doubt = proven === true ? '' : ', identity not proven';
  return via === undefined ? name : `${name} (by ${oneLine(via, 50)}${doubt})`;
};

/** Words given with something: nothing, or after a colon. */
export const because = (reason: string | undefined): string =>
  reason === undefined || reason.trim() === '' ? '' : `: ${oneLine(reason)}`;

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A moment as a person reads it in a log: `03:07:12 UTC`. */
export const clock = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
/** `first` for 0. */
export const ordinal = (index: number): string => ordinals[index] ?? `${index + 1}th`;

const engagements = [
  { prefix: 'rung:', words: (names: Names, id: string) => `the ${called(names, 'rung', id)}` },
  { prefix: 'person:', words: (names: Names, id: string) => personCalled(names, id) },
  { prefix: 'team:', words: (_: Names, id: string) => `team ${oneLine(id)}` },
  { prefix: 'phase:', words: () => 'the next responders' },
  { prefix: 'more:', words: () => 'more responders' },
  { prefix: 'deadline:', words: (names: Names, id: string) => `the overdue "${called(names, 'obligation', id)}"` },
  {
    prefix: 'procedure:',
    words: (names: Names, id: string) =>
      `"${called(names, 'procedure', id.replace(/:\d+$/, ''))}", which needs a person`,
  },
  { prefix: 'summon:', words: () => 'whoever was asked for by name' },
];

/** What is asked of whom: the response to the crisis, a rung of management, a summoned person. */
export const engagementCalled = (names: Names, engagement: string): string => {
  if (engagement === 'response') return 'the response';
  const kind = engagements.find(({ prefix }) => engagement.startsWith(prefix));
  return kind ? kind.words(names, engagement.slice(kind.prefix.length)) : oneLine(engagement);
};
