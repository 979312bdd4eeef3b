import { z } from 'zod';

/** The four moments that regulators count from; each is judged and set by a person, and stays on record. */
export const anchors = ['occurred', 'aware', 'classified', 'material'] as const;

/** Two more, for which only one obligation each waits: a high risk to people was found; a fix became available. */
const laterMoments = ['highRisk', 'fixAvailable'] as const;

const marks = [...anchors, ...laterMoments] as const;
export const Mark = z.enum(marks);
export type Mark = z.infer<typeof Mark>;

/** What each is called where a person reads it. */
export const markNames: Record<Mark, string> = {
  occurred: 'it occurred',
  aware: 'we became aware of it',
  classified: 'it was classified as major',
  material: 'it was judged material',
  highRisk: 'the risk to people was found to be high',
  fixAvailable: 'a fix became available',
};

/** When each was, in milliseconds since 1970; absent while nobody has set it. */
export type Marks = Readonly<Partial<Record<Mark, number>>>;

/** What the command `mark` carries beside its envelope. `at` is a moment with its offset; marking again corrects it, with a reason. */
export const markFields = {
  anchor: Mark,
  at: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(1).max(4000).optional(),
};
export const MarkInput = z.strictObject(markFields);
export type MarkInput = z.infer<typeof MarkInput>;

const iso = (at: number): string => new Date(at).toISOString();

/** Nothing is known of, judged or fixed before it has occurred, and nothing is judged before anybody knows of it. */
const comesAfter: Partial<Record<Mark, readonly Mark[]>> = {
  aware: ['occurred'],
  classified: ['occurred', 'aware'],
  material: ['occurred', 'aware'],
  highRisk: ['occurred', 'aware'],
};

/** Why a mark cannot stand beside the others, in words; nothing when it can. `now` in milliseconds since 1970. */
export const markFault = ({ anchor, at, reason }: MarkInput, known: Marks, now: number): string | undefined => {
  const moment = Date.parse(at);
  if (moment > now) return `at: expected a moment that has passed (it is ${iso(now)}); got ${at}`;
  if (known[anchor] !== undefined && known[anchor] !== moment && reason === undefined)
    return `reason: ${anchor} stands at ${iso(known[anchor])}; expected a reason for changing it`;
  for (const [mark, other] of Object.entries({ ...known, [anchor]: moment }) as [Mark, number][])
    for (const earlier of comesAfter[mark] ?? []) {
      const before = earlier === anchor ? moment : known[earlier];
      if (before !== undefined && other < before)
        return `at: ${markNames[mark]} (${iso(other)}) cannot be before ${markNames[earlier]} (${iso(before)})`;
    }
  return undefined;
};
