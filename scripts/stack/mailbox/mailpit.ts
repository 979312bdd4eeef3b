import type { Mail } from './mail.js';

// Mailpit's field names and shapes, so that a script written against one reads the other.
const person = ({ name, address }: Mail['from']) => ({ Name: name, Address: address });
const common = (mail: Mail) => ({
  ID: mail.id,
  MessageID: mail.messageId,
  From: person(mail.from),
  To: mail.to.map(person),
  Subject: mail.subject,
  Created: mail.receivedAt.toISOString(),
  Size: mail.sizeBytes,
});

/** One row of `GET /api/v1/messages`. */
export const summary = (mail: Mail) => ({ ...common(mail), Snippet: snippet(mail) });

/** `GET /api/v1/message/:id`. */
export const whole = (mail: Mail) => ({
  ...summary(mail),
  Date: mail.receivedAt.toISOString(),
  Text: mail.text,
  HTML: mail.html ?? '',
});

/** The first words of a mail on one line. */
export const snippet = ({ text }: Mail): string => text.replace(/\s+/g, ' ').trim().slice(0, 250);
