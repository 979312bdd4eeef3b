import { z } from 'zod';
import type { Deadline } from './deadlines.js';
import { Outcome, type Filing } from './filing.js';
import type { Obligation } from './obligation.js';

const text = z.string().trim().min(1).max(4000);

/** What the command `file` carries beside its envelope: the closing of one obligation, or the reason why there is none. */
export const fileFields = {
  obligation: z.string().min(1).max(200),
  outcome: Outcome.default('filed'),
  /** When it was handed in; now, when absent. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** To whom, where that says more than the obligation does: the name of the authority. */
  to: z.string().trim().min(1).max(200).optional(),
  /** What the receiver calls it: a case number, a receipt, a link. */
  reference: z.string().trim().min(1).max(500).optional(),
  /** Why it is late, or why it is not required. */
  reason: text.optional(),
};
export const FileInput = z.strictObject(fileFields);
export type FileInput = z.infer<typeof FileInput>;

type Context = { obligations: readonly Obligation[]; deadlines: readonly Deadline[]; by: string; now: number };

/** What a `file` command puts on record, or what is wrong with it, naming the field. */
export const filed = (input: FileInput, { obligations, deadlines, by, now }: Context): Filing | { fault: string } => {
  const obligation = obligations.find(({ id }) => id === input.obligation);
  if (!obligation)
    return {
      fault: `obligation: expected one of ${obligations.map(({ id }) => id).join(', ') || '(no regime is configured)'}; got ${input.obligation}`,
    };
  const at = input.at === undefined ? now : Date.parse(input.at);
  const dueAt = deadlines.find(({ obligation: id }) => id === obligation.id)?.dueAt ?? Infinity;
  const { outcome, reference, reason } = input;
  if (at > now) return { fault: `at: expected a moment that has passed; got ${input.at ?? ''}` };
  if (outcome !== 'notRequired' && reference === undefined)
    return { fault: 'reference: expected what the receiver calls the filing, such as a case number' };
  if (outcome === 'notRequired' && reason === undefined) return { fault: 'reason: expected why no filing is required' };
  if (outcome === 'part' && !obligation.phased) return { fault: `outcome: ${obligation.id} cannot be filed in parts` };
  const late = outcome !== 'notRequired' && at > dueAt;
  if (late && obligation.lateGivesReasons && reason === undefined)
    return { fault: `reason: it is late, and ${obligation.source} wants the reasons` };
  return {
    obligation: obligation.id,
    outcome,
    at,
    by,
    to: input.to ?? obligation.to,
    ...(reference !== undefined && { reference }),
    ...(reason !== undefined && { reason }),
    ...(late && { lateMs: at - dueAt }),
  };
};
