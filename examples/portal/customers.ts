import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fastify from 'fastify';
import { placesIn, stateOf, tokensIn } from './place.js';

// The customers of a savings bank, for those who have a token; who read which of them when is in the access log.
export const customerCount = 500;

const state = stateOf();
const { accessLog, customersUrl } = placesIn(state);
mkdirSync(dirname(accessLog), { recursive: true });

const app = fastify({ forceCloseConnections: true });
app.get<{ Params: { id: string } }>('/customers/:id', async ({ params: { id }, headers }, reply) => {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  const [client] = Object.entries(tokensIn(state)).find(([, known]) => known === token) ?? [];
  const number = Number(id);
  const status = client === undefined ? 401 : number >= 1 && number <= customerCount ? 200 : 404;
  appendFileSync(accessLog, `${new Date().toISOString()} ${client ?? 'unknown'} ${id} ${status}\n`);
  if (status !== 200) return reply.code(status).send({ error: status === 401 ? 'this token is not known' : 'nobody' });
  return { id: number, name: `Customer ${number}`, iban: `DE00 5001 0517 0000 ${String(number).padStart(4, '0')} 00` };
});

writeFileSync(customersUrl, `${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close());
