import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server does with the message once it has all of it. */
export type AtTheDot = 'accept' | 'hang' | 'cut' | { code: number; says: string };

export type Mailbox = {
  port: number;
  /** Every message that came in whole, whatever was answered. */
  mails: ParsedMail[];
  behaviour: {
    atTheDot: AtTheDot;
    refuse?: { code: number; says: string };
    cutInData?: boolean;
    greetsAfterMs?: number;
  };
  /** How many connections were opened. */
  connections: () => number;
  close: () => Promise<void>;
};

const refusal = ({ code, says }: { code: number; says: string }): Error =>
  Object.assign(new Error(says), { responseCode: code });

/** A real SMTP server in the test process, which can fail in the ways that servers do. */
export const startMailbox = async (options: SMTPServerOptions = {}): Promise<Mailbox> => {
  const mails: ParsedMail[] = [];
  const behaviour: Mailbox['behaviour'] = { atTheDot: 'accept' };
  const sockets = new Set<Socket>();
  let opened = 0;
  const cut = () => sockets.forEach((socket) => socket.destroy());

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onConnect: (_session, done) => setTimeout(done, behaviour.greetsAfterMs ?? 0).unref(),
    onRcptTo: (_address, _session, done) => done(behaviour.refuse ? refusal(behaviour.refuse) : null),
    onData: (stream, _session, done) => {
      if (behaviour.cutInData) {
        stream.resume();
        cut();
        return;
      }
      // A client that went away in the middle has sent nothing.
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          const { atTheDot } = behaviour;
          if (atTheDot === 'accept') done();
          else if (atTheDot === 'cut') cut();
          else if (atTheDot !== 'hang') done(refusal(atTheDot));
        },
        (error: unknown) => done(error as Error),
      );
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    behaviour,
    connections: () => opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
