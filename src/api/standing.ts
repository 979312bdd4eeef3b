import type { Crisis } from '../domain/crisis.js';

/** Whether the page behind a link still asks: yes, answered by somebody, or over for another reason. */
export type Standing =
  { is: 'asked' } | { is: 'answered'; by: string; at?: number | undefined } | { is: 'over'; why: string };

/** What a message asked for; an old one is known by its key alone, which names it before round, step, person and channel. */
const askedFor = (crisis: Crisis, key: string): string => crisis.deliveries[key]?.about ?? key.split('/').at(-5) ?? '';

/** How it stands with what one message asked for. `key` is the message’s key in the ledger. */
export const standingOf = (crisis: Crisis, key: string): Standing => {
  if (crisis.status === 'closed') return { is: 'over', why: 'The crisis is closed.' };
  const engagement = crisis.engagements[askedFor(crisis, key)];
  const by = engagement ? engagement.answeredBy : crisis.acknowledgedBy;
  if (by !== undefined) return { is: 'answered', by, at: engagement ? engagement.answeredAt : crisis.acknowledgedAt };
  if (engagement?.endedAt !== undefined) return { is: 'over', why: 'Nobody is asked for this any more.' };
  return { is: 'asked' };
};

/**
 * One id for one press of the button, however often the form is sent. It changes when the same message is asked about
 * anew, or an old press would stand for the new one.
 */
export const pressOf = (crisis: Crisis | undefined, key: string): string => {
  const engagement = crisis?.engagements[askedFor(crisis, key)];
  return `link:${key}:${engagement?.openedAt ?? ''}`;
};
