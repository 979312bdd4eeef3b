import type { Mail } from './mail.js';

/** The mails in memory, newest first. */
export type Inbox = {
  add: (mail: Mail) => void;
  messages: () => readonly Mail[];
  find: (id: string) => Mail | undefined;
  remove: (ids?: readonly string[]) => void;
  waitFor: (predicate: (mail: Mail) => boolean, limitMs: number) => Promise<Mail>;
};

/** Keeps the newest `capacity` mails. */
export function createInbox(capacity: number): Inbox {
  let mails: readonly Mail[] = [];
  const waiting = new Set<(mail: Mail) => void>();
  return {
    add(mail) {
      mails = [mail, ...mails].slice(0, capacity);
      for (const offer of waiting) offer(mail);
    },
    messages: () => mails,
    find: (id) => mails.find((mail) => mail.id === id),
    remove(ids) {
      mails = ids ? mails.filter(({ id }) => !ids.includes(id)) : [];
    },
    waitFor(predicate, limitMs) {
      const here = mails.find(predicate);
      if (here) return Promise.resolve(here);
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          waiting.delete(offer);
          const held = mails.map(({ subject, to }) => `"${subject}" to ${to.map(({ address }) => address).join(', ')}`);
          reject(new Error(`no such mail within ${limitMs} ms; in the mailbox: ${held.join('; ') || 'nothing'}`));
        }, limitMs);
        const offer = (mail: Mail) => {
          if (!predicate(mail)) return;
          clearTimeout(limit);
          waiting.delete(offer);
          resolve(mail);
        };
        waiting.add(offer);
      });
    },
  };
}
