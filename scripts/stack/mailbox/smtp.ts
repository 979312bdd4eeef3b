import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { ulid } from 'ulid';
import { readMail, type Mail } from './mail.js';

const mostBytes = 10 * 1024 * 1024;

/** A real SMTP server that takes any mail from anybody on this host and hands each one on before it answers 250. */
export async function startSmtp(
  host: string,
  port: number,
  receive: (mail: Mail) => void,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    // Its built-in certificate has expired: clients that check would refuse it, and this never leaves the machine.
    disabledCommands: ['STARTTLS'],
    size: mostBytes,
    disableReverseLookup: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? 'anybody' }),
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address);
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      keep(stream, { from, to }).then(() => done(), done);
    },
  });

  async function keep(stream: Parameters<typeof buffer>[0], envelope: { from: string; to: string[] }): Promise<void> {
    const raw = await buffer(stream);
    if (raw.length > mostBytes)
      throw Object.assign(new Error(`a mail may have ${mostBytes} bytes`), { responseCode: 552 });
    receive(readMail(ulid(), new Date(), envelope, await simpleParser(raw), raw.length));
  }

  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => settle());
  });
  // A client that goes away in the middle of a mail is its own affair.
  server.removeAllListeners('error').on('error', () => undefined);
  const bound = server.server.address() as AddressInfo;
  return { port: bound.port, stop: () => new Promise((settle) => server.close(settle)) };
}
