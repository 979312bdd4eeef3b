import type { FastifyRequest } from 'fastify';
import type { Context } from './parts.js';
import { Problem } from './problem.js';

/** Lets a signed request pass and answers with its `webhook-id`, which a repeat carries too; else throws a 401. */
export const checkSignature = ({ verifySignature }: Context, request: FastifyRequest, secret: string): string => {
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const id = headers['webhook-id'];
  if (id === undefined || !headers['webhook-timestamp'] || !headers['webhook-signature'])
    throw new Problem('unsigned', 'expected the headers webhook-id, webhook-timestamp and webhook-signature');
  const fault = verifySignature(secret, headers, request.rawBody?.toString('utf8') ?? '');
  if (fault !== undefined) throw new Problem('unsigned', fault);
  return id;
};
