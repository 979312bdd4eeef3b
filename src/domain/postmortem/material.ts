import type { Crisis } from '../crisis.js';
import { isRestrictedKey, unnamedCrisis } from '../crisisId.js';
import { describe } from '../describe/describe.js';
import { namesOf } from '../describe/names.js';
import type { Names } from '../describe/words.js';
import type { Event, EventOf, EventType } from '../event.js';
import type { Figures } from '../figures.js';
import type { Plan } from '../plan.js';
import { inert } from './markdown.js';

/** One entry of the timeline, under the number that findings refer to. */
export type Entry = { seq: number; event: Event };

export type PostmortemInput = { crisis: Crisis; events: readonly Entry[]; plan: Plan; figures: Figures };

/** What every part of the draft is written from. */
export type Material = PostmortemInput & { names: Names };

export const materialOf = (input: PostmortemInput): Material => {
  const { crisis, events, plan } = input;
  return {
    ...input,
    crisis: { ...crisis, links: crisis.links.map((link) => openly(crisis, link)) },
    events: events.map(({ seq, event }) => ({ seq, event: event.type === 'linked' ? openly(crisis, event) : event })),
    names: namesOf(crisis, plan),
  };
};

/** The post-mortem of an open crisis is for everybody, so it names no restricted one. */
const openly = <Pointing extends { to: string }>({ restricted }: Crisis, pointing: Pointing): Pointing =>
  !restricted && isRestrictedKey(pointing.to) ? { ...pointing, to: unnamedCrisis } : pointing;

export type EntryOf<Type extends EventType> = { seq: number; event: EventOf<Type> };

export const entriesOf = <Type extends EventType>({ events }: Material, ...types: Type[]): EntryOf<Type>[] =>
  events.filter((entry): entry is EntryOf<Type> => (types as EventType[]).includes(entry.event.type));

/** The most entries a finding names; the appendix has them all. */
const mostNamed = 8;

/** `(entries 3, 12)`, each a link into the appendix. */
export const evidence = (entries: readonly { seq: number }[]): string => {
  const links = entries.slice(0, mostNamed).map(({ seq }) => `[${seq}](#entry-${seq})`);
  if (links.length === 0) return '';
  const more = entries.length > mostNamed ? ` and ${entries.length - mostNamed} more` : '';
  return ` (${entries.length === 1 ? 'entry' : 'entries'} ${links.join(', ')}${more})`;
};

export const said = ({ names }: Material, event: Event): string => inert(describe(event, names));

/** Something the timeline shows; what might follow from it is for people to say. */
export type Finding = { text: string; entries: readonly { seq: number }[] };

export const finding = (text: string, entries: readonly { seq: number }[]): Finding[] =>
  entries.length > 0 ? [{ text, entries }] : [];

export const findingLine = ({ text, entries }: Finding): string => `${text}${evidence(entries)}.`;
