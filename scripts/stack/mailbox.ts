import type { AddressInfo } from 'node:net';
import { createInbox } from './mailbox/inbox.js';
import type { Mail } from './mailbox/mail.js';
import { startSmtp } from './mailbox/smtp.js';
import { createMailboxWeb } from './mailbox/web.js';
import { mustBeFree } from './port.js';

export type MailboxOptions = { smtpPort: number; httpPort: number; host?: string; capacity?: number };

/** `messages` are newest first; `waitFor` also takes a mail that is already there, and throws after its limit. */
export type Mailbox = {
  smtpUrl: string;
  httpUrl: string;
  messages: () => readonly Mail[];
  waitFor: (predicate: (mail: Mail) => boolean, limitMs: number) => Promise<Mail>;
  stop: () => Promise<void>;
};

/**
 * Starts the development mailbox: a real SMTP server, its mails on a page and in Mailpit's JSON, in memory only, the
 * newest 1,000. Port 0 takes a free one. Throws, naming port and remedy, when one is taken.
 */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { smtpPort, httpPort, host = '127.0.0.1', capacity = 1_000 } = options;
  await mustBeFree({ what: 'the mailbox (SMTP)', host, port: smtpPort, changeBy: 'FIREBREAK_SMTP_PORT' });
  await mustBeFree({ what: 'the mailbox (its page)', host, port: httpPort, changeBy: 'FIREBREAK_MAILBOX_PORT' });
  const inbox = createInbox(capacity);
  const smtp = await startSmtp(host, smtpPort, inbox.add);
  const web = createMailboxWeb(inbox);
  try {
    await web.listen({ host, port: httpPort });
  } catch (error) {
    await smtp.stop();
    throw error;
  }
  return {
    smtpUrl: `smtp://${host}:${smtp.port}`,
    httpUrl: `http://${host}:${(web.server.address() as AddressInfo).port}`,
    messages: inbox.messages,
    waitFor: inbox.waitFor,
    async stop() {
      await smtp.stop();
      await web.close();
    },
  };
}
