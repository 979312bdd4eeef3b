import type { ParsedMail } from 'mailparser';
import { messageIdOf } from '../../src/channels/email.js';
import type { Event, EventOf } from '../../src/domain/event.js';

const isPaged = (event: Event): event is EventOf<'paged'> => event.type === 'paged';
const isSettled = (event: Event): event is EventOf<'pageSettled'> => event.type === 'pageSettled';

export type Verdict = {
  pages: number;
  /** Pages that the crisis takes for sent, of which no mail came. */
  lost: string[];
  /** Pages of which nobody knows what became of them. */
  open: string[];
  /** Pages that came more than once; each one but the first has to say that it may be a repeat. */
  doubled: string[];
  unlabelled: string[];
  /** Mails of pages that no crisis knows of. */
  unexpected: number;
};

/** Compares what the crises say they sent with what the mail server has received, which is the truth. */
export const judgePages = (
  timelines: readonly (readonly Event[])[],
  mails: readonly ParsedMail[],
  from: string,
): Verdict => {
  const events = timelines.flat();
  const settled = new Map(events.filter(isSettled).map((event) => [event.key, event]));
  const pages = mails.filter(({ text }) => text?.includes('/a/'));
  const keys = events.filter(isPaged).map(({ key }) => key);
  const mailsOf = (key: string) => pages.filter(({ messageId }) => messageId === messageIdOf(key, from));
  const plain = (key: string) => mailsOf(key).filter(({ text }) => !text?.includes('may be a repeat')).length;
  const ids = new Set(keys.map((key) => messageIdOf(key, from)));
  return {
    pages: keys.length,
    lost: keys.filter((key) => settled.get(key)?.status === 'sent' && mailsOf(key).length === 0),
    open: keys.filter((key) => !['sent', 'cancelled'].includes(settled.get(key)?.status ?? 'open')),
    doubled: keys.filter((key) => mailsOf(key).length > 1),
    unlabelled: keys.filter((key) => plain(key) > 1),
    unexpected: pages.filter(({ messageId }) => !ids.has(messageId ?? '')).length,
  };
};
