import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { z } from 'zod';

/** The parameters of `POST /Accounts/{sid}/Messages.json` that we use, as the vendor's OpenAPI document states them. */
const NewMessage = z.strictObject({
  To: z.string().regex(/^\+[1-9]\d{1,14}$/),
  From: z.string().regex(/^\+[1-9]\d{1,14}$/),
  Body: z.string().min(1).max(1600),
  StatusCallback: z.url().optional(),
});
const sid = 'AC0123456789abcdef0123456789abcdef';
export const account = { accountSid: sid, authToken: 'secret' };

export type Taken = { sid: string; to: string; body: string; at: Date; status: string; reportsTo?: string };
/** How the next messages fare. `…After`: the message is taken, and the answer is lost. */
export type Mood = 'well' | 'busy' | 'badNumber' | 'brokenAfter' | 'silentAfter' | 'cutAfter' | 'garbledAfter' | 'down';

const faults = {
  busy: [429, 20429, 'Too Many Requests'],
  badNumber: [400, 21211, "The 'To' number is not a valid phone number."],
  brokenAfter: [500, 20500, 'Internal Server Error'],
} as const;

const shown = ({ sid: id, to, body, at, status }: Taken) => ({
  sid: id,
  account_sid: sid,
  to,
  from: '+15005550006',
  body,
  status,
  date_created: at.toUTCString(),
  date_sent: null,
  date_updated: at.toUTCString(),
});

/** A stand-in for Twilio's messages over real HTTP: it checks what the vendor checks, and fails as the vendor does. */
export const startTwilio = async () => {
  const app = fastify({ forceCloseConnections: true });
  await app.register(formbody);
  const taken: Taken[] = [];
  const refused: string[] = [];
  const state: { mood: Mood } = { mood: 'well' };
  const expected = `Basic ${Buffer.from(`${sid}:${account.authToken}`).toString('base64')}`;

  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === expected) return;
    await reply.code(401).send({ status: 401, code: 20003, message: 'Authenticate' });
  });
  app.post(`/2010-04-01/Accounts/${sid}/Messages.json`, async (request, reply) => {
    const { mood } = state;
    const parsed = NewMessage.safeParse(request.body);
    if (!parsed.success) refused.push(parsed.error.message);
    if (!parsed.success || mood === 'badNumber') {
      const [status, code, message] = faults.badNumber;
      return reply.code(status).send({ status, code, message });
    }
    if (mood === 'busy') return reply.code(429).send({ status: 429, code: 20429, message: 'Too Many Requests' });
    const message = {
      sid: `SM${String(taken.length).padStart(32, '0')}`,
      to: parsed.data.To,
      body: parsed.data.Body,
      at: new Date(),
      status: 'queued',
      ...(parsed.data.StatusCallback !== undefined && { reportsTo: parsed.data.StatusCallback }),
    };
    taken.push(message);
    if (mood === 'cutAfter') return reply.raw.destroy();
    if (mood === 'silentAfter') return new Promise(() => undefined);
    if (mood === 'garbledAfter') return reply.code(201).type('application/json').send('{"sid": "SM');
    if (mood === 'brokenAfter')
      return reply.code(500).send({ status: 500, code: 20500, message: faults.brokenAfter[2] });
    return reply.code(201).send(shown(message));
  });
  app.get<{ Querystring: { To?: string } }>(`/2010-04-01/Accounts/${sid}/Messages.json`, async ({ query }, reply) => {
    if (state.mood === 'down') return reply.code(503).send({ status: 503, code: 20503, message: 'Unavailable' });
    const messages = taken.filter(({ to }) => to === query.To).toReversed();
    return { messages: messages.map(shown), page: 0, page_size: 50, next_page_uri: null };
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return { baseUrl, taken, refused, state, close: () => app.close() };
};
