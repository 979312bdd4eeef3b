import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import fastify from 'fastify';
import pg from 'pg';

// The orders of a small shop, over HTTP: they are read while nothing may be written.
const { values } = parseArgs({ options: { url: { type: 'string' } } });

const pool = new pg.Pool({ connectionString: process.env['ORDERS_URL'], max: 4 });
// A session that is ended from outside is replaced at the next question.
pool.on('error', () => undefined);

const app = fastify({ forceCloseConnections: true });

app.post('/orders', async (_request, reply) => {
  try {
    await pool.query('insert into orders (customer, cents, placed_at) values (1, 100, now())');
    return await reply.code(201).send({ ordered: true });
  } catch (error) {
    return reply.code(503).send({ fault: error instanceof Error ? error.message : String(error) });
  }
});

app.get('/orders', async () => {
  const { rows } = await pool.query<{ count: string; sick: string }>(
    'select count(*) as count, count(*) filter (where cents < 0) as sick from orders',
  );
  return { orders: Number(rows[0]?.count), withoutPrice: Number(rows[0]?.sick) };
});

const url = await app.listen({ host: '127.0.0.1', port: 0 });
if (values.url !== undefined) await writeFile(values.url, `${url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void app.close().then(() => pool.end()));
