import { createHash } from 'node:crypto';
import nodemailer, { type NodemailerError, type SMTPPoolSentMessageInfo } from 'nodemailer';
import { oneLine } from '../domain/message/inert.js';
import type { Settings } from '../domain/settings.js';
import type { Channel, Message, Sent } from './channel.js';
import { whyEnded, within } from './deadline.js';

export type EmailSettings = NonNullable<Settings['channels']['email']>;

/** One bare address: no list, no display name, nothing that could end a header or an SMTP command. */
const address = /^[^\s@<>()[\],;:"\\\p{C}]+@[^\s@<>()[\],;:"\\\p{C}]+$/u;
const isLoopback = (host: string): boolean => /^(localhost|127\..*|\[?::1\]?)$/.test(host);

const domainOf = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'firebreak.invalid';

/** The same for every attempt of one key, so that a mailbox or a person can tell a repeat. */
export const messageIdOf = (key: string, from: string): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domainOf(from)}>`;

const headersOf = ({ crisisId }: Message): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  ...(crisisId === undefined ? {} : { 'X-Firebreak-Crisis': oneLine(crisisId, 200) }),
});

/** Mails of one crisis hang together in a mailbox, since all refer to one id that no mail has. */
const threadOf = ({ crisisId }: Message, from: string) =>
  crisisId === undefined ? {} : { references: messageIdOf(`crisis ${crisisId}`, from) };

/**
 * What an error means. With a reply of the server in it, the server has said no. Without, it depends on whether the last
 * byte had gone out: from the final dot until the reply the mail may or may not have been taken (RFC 1047).
 */
const meaningOf = (error: NodemailerError, handedOver: boolean, why: string): Sent => {
  const reason = oneLine(error.code === 'EABORT' ? why : error.message);
  const { responseCode } = error;
  if (responseCode) return { status: 'failed', reason, permanent: responseCode >= 500 };
  if (handedOver) return { status: 'uncertain', reason: `${reason}, after the whole message had gone out` };
  return { status: 'failed', reason, permanent: error.code === 'EENVELOPE' };
};

const outcomeOf = ({ accepted, rejected, response, messageId }: SMTPPoolSentMessageInfo): Sent =>
  accepted.length > 0
    ? { status: 'sent', ref: messageId }
    : { status: 'failed', reason: `refused ${oneLine(rejected.join(', '))}: ${oneLine(response)}`, permanent: true };

/** E-mail over SMTP with pooled connections. With a password, TLS is insisted on unless the server is on this machine. */
export const createEmailChannel = (settings: EmailSettings): Channel => {
  const { host, port, secure, user, password, from, timeoutMs } = settings;
  const transport = nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' }, requireTLS: !secure && !isLoopback(host) }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 500,
    maxConnections: 10,
    // Once, for an idle connection that the server dropped just now; nodemailer does it only while no byte has gone out.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  /** Message-IDs whose last byte the connection has taken; only kept while they are under way. */
  const handedOver = new Set<string>();
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    message.processFunc((input) => input.once('end', () => handedOver.add(message.messageId())));
    done();
  });

  return {
    name: 'email',
    foldsRepeats: false,
    async send(message, signal) {
      const { key, to, subject, text, html, urgent } = message;
      if (!address.test(to))
        return { status: 'failed', reason: `not an e-mail address: ${oneLine(to, 100)}`, permanent: true };
      if (signal.aborted) return { status: 'failed', reason: 'called off before it began', permanent: false };
      const messageId = messageIdOf(key, from);
      try {
        const info = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: oneLine(subject, 300),
          text,
          ...(html === undefined ? {} : { html }),
          messageId,
          ...threadOf(message, from),
          headers: headersOf(message),
          ...(urgent ? { priority: 'high' as const } : {}),
          signal: within(signal, timeoutMs),
        });
        return outcomeOf(info);
      } catch (error) {
        return meaningOf(error as NodemailerError, handedOver.has(messageId), whyEnded(signal, timeoutMs));
      } finally {
        handedOver.delete(messageId);
      }
    },
    find: () => Promise.resolve('unknown'),
    close: () => transport.close(),
  };
};
