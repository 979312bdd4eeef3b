import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from './problem.js';

const name = 'idempotency-key';

export const IdempotencyHeaders = z.looseObject({
  [name]: z.string().max(255).optional().meta({ description: 'sending twice under one key does it once' }),
});

/** The sender's key for this request, if it gave one: short and plain enough to be an id. */
export const idempotencyKeyOf = ({ headers }: FastifyRequest): string | undefined => {
  const key = headers[name];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('invalid', `the header ${name}: expected 1 to 255 visible ASCII characters without spaces`);
  return key;
};

const short = (id: string): string =>
  id.length <= 80 ? id : createHash('sha256').update(id).digest('hex').slice(0, 40);

/**
 * Makes the ids of one request's alerts: fresh ones, or with a key the same ones each time it is sent. The scope keeps
 * two senders with the same key apart, since an alert taken for a repeat would be lost.
 */
export const alertIds = (newId: () => string, scope: string, key: string | undefined): (() => string) => {
  if (key === undefined) return newId;
  const base = short(`${scope}:${key}`);
  let count = 0;
  return () => (count++ === 0 ? base : `${base}.${count}`);
};
