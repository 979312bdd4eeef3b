import fastify from 'fastify';
import { Webhook } from 'standardwebhooks';

export const webhookSecret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;

export type Received = { id: string; payload: unknown };

/** A receiver of Standard Webhooks over real HTTP, which verifies each signature and folds repeats by `webhook-id`. */
export const startReceiver = async () => {
  const app = fastify({ forceCloseConnections: true });
  const received = new Map<string, Received>();
  const forged: string[] = [];
  const state: { answers: number | 'silence'; redirectsTo?: string; calls: number } = { answers: 204, calls: 0 };

  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/hook', async (request, reply) => {
    state.calls += 1;
    const id = String(request.headers['webhook-id']);
    try {
      const payload = new Webhook(webhookSecret).verify(
        request.body as string,
        request.headers as Record<string, string>,
      );
      received.set(id, { id, payload });
    } catch {
      forged.push(id);
      return reply.code(401).send();
    }
    if (state.answers === 'silence') return new Promise(() => undefined);
    if (state.redirectsTo) return reply.redirect(state.redirectsTo, 307);
    return reply.code(state.answers).send();
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${baseUrl}/hook`, received, forged, state, close: () => app.close() };
};
