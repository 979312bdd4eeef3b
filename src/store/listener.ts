import { EventEmitter } from 'node:events';
import pg from 'pg';
import { z } from 'zod';
import type { StoreLogger } from './database.js';
import type { Change } from './store.js';

const Told = z.object({ crisisId: z.string(), seq: z.number() });
const againAfterMs = 1_000;

type Listening = { connectionString: string; channel: string; connectWithinMs: number; logger: StoreLogger };

/**
 * One connection for NOTIFY, made with the first listener and made again when it is lost. What is told while it is away
 * is missed: a listener only learns sooner what a query would show it anyway.
 */
export const listenTo = ({ connectionString, channel, connectWithinMs, logger }: Listening) => {
  const changes = new EventEmitter().setMaxListeners(0);
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  const lost = (gone: pg.Client, reason: string) => {
    if (client !== gone) return;
    client = undefined;
    void gone.end().catch(() => undefined);
    if (closed) return;
    logger.warn({ reason }, 'no longer told of changes by the database; connecting again');
    again = setTimeout(connect, againAfterMs);
  };

  const connect = () => {
    again = undefined;
    const fresh = new pg.Client({
      connectionString,
      connectionTimeoutMillis: connectWithinMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: 'firebreak listen',
    });
    client = fresh;
    fresh.on('error', (error) => lost(fresh, error.message));
    fresh.on('end', () => lost(fresh, 'the connection ended'));
    fresh.on('notification', ({ payload = '' }) => {
      const told = Told.safeParse(readJson(payload));
      if (told.success) changes.emit('change', told.data);
    });
    fresh
      .connect()
      .then(() => fresh.query(`listen ${channel}`))
      .catch((error: unknown) => lost(fresh, String(error)));
  };

  return {
    listen: (told: (change: Change) => void): (() => void) => {
      changes.on('change', told);
      if (!client && !again && !closed) connect();
      return () => changes.off('change', told);
    },
    async close(): Promise<void> {
      closed = true;
      clearTimeout(again);
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
