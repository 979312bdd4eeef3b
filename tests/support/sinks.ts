import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Receipt } from '../judge/observations.js';

export type Sinks = Awaited<ReturnType<typeof startSinks>>;

const isPage = (text: string): boolean => text.includes('/a/');
const marksOf = (text: string) => ({ marked: text.includes('may be a repeat'), late: /^Late: /m.test(text) });

const startMail = async (note: (receipt: Receipt) => void) => {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onData: (stream, session, done) => {
      const at = Date.now();
      // A client that was killed in the middle of its mail has sent none.
      simpleParser(stream).then(
        ({ messageId: id = '', text = '', headers }) => {
          const crisisId = (headers.get('x-firebreak-crisis') ?? '') as string;
          const [recipient] = session.envelope.rcptTo;
          if (isPage(text)) note({ sink: 'mail', at, id, to: recipient?.address ?? '', crisisId, ...marksOf(text) });
          done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  // A killed worker's connection breaks off; that is no concern of the mail server's.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

const startHook = async (note: (receipt: Receipt) => void) => {
  const app = fastify({ forceCloseConnections: true });
  app.post<{ Params: { person: string }; Body: { data: { text: string; crisisId: string } } }>(
    '/:person',
    async (request, reply) => {
      const { text, crisisId } = request.body.data;
      const id = String(request.headers['webhook-id']);
      const receipt = {
        at: Date.now(),
        id,
        to: `${baseUrl}/${request.params.person}`,
        crisisId,
        ...marksOf(text),
      };
      if (isPage(text)) note({ sink: 'webhook', ...receipt });
      return reply.code(204).send();
    },
  );
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: baseUrl, close: () => app.close() };
};

/** A mail server and a webhook receiver that note what comes, as it comes; outside every process that is killed. */
export const startSinks = async () => {
  const receipts: Receipt[] = [];
  const note = (receipt: Receipt) => void receipts.push(receipt);
  const [mail, hook] = await Promise.all([startMail(note), startHook(note)]);
  return {
    smtpPort: mail.port,
    hookUrl: hook.url,
    receipts,
    close: async () => {
      await Promise.all([mail.close(), hook.close()]);
    },
  };
};
