import { createHash, randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import { createApiKey, KeyHolder, Scope, type ApiKey } from '../domain/apiKey.js';
import type { Actor } from '../domain/authenticate.js';
import type { AuditEntry } from '../domain/audit.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { StoreDown } from './reading.js';

const dayMs = 86_400_000;

const KeyRow = z
  .object({
    id: z.string(),
    label: z.string(),
    holder: KeyHolder,
    scopes: z.array(Scope),
    lastFour: z.string(),
    createdAt: z.number(),
    createdBy: z.string(),
    expiresAt: z.number(),
    revokedAt: z.number().optional(),
    loopbackOnly: z.boolean(),
  })
  .meta({ id: 'ApiKey' });

const KeyBody = z.strictObject({
  label: z.string().trim().min(1).max(200),
  holder: KeyHolder,
  scopes: z.array(Scope).min(1),
  expiresInDays: z.number().int().min(1).max(3650).default(365),
  loopbackOnly: z.boolean().default(false),
});

const shownKey = ({ secretHash: _secret, scopes, ...key }: ApiKey): z.infer<typeof KeyRow> => ({
  ...key,
  scopes: [...scopes],
});

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const material = () => ({
  id: Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  secret: randomBytes(32).toString('base64url'),
});

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the store cannot do while the database is away is said as such. */
const kept = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    throw new StoreDown(`the database does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const mustBe = (actor: Actor | undefined): Actor => {
  if (!actor) throw new Problem('unproven', 'keys are made and revoked by whoever shows a key for keys:manage');
  return actor;
};

/** Keys of the API: made, listed, revoked, each of it on the audit before it is answered. */
export const keyRoutes = (app: Api, context: Context): void => {
  const register = () => {
    if (!context.keys) throw new Problem('not-found', 'no keys are kept here');
    return context.keys;
  };
  const audited = async (actor: Actor, what: string, target: string): Promise<void> => {
    const entry: AuditEntry = {
      at: context.now(),
      who: { id: actor.holder.id, proof: 'api key', key: actor.key },
      what,
      on: { target },
      authority: { kind: 'administrator', of: ['keys:manage'] },
      outcome: 'done',
    };
    await kept(async () => context.audit?.().note({ key: `${what} ${target}`, ...entry }));
  };

  app.post(
    '/api/v1/keys',
    {
      config: { needs: 'keys:manage' },
      schema: {
        operationId: 'createKey',
        summary: 'Make a key for a person or a machine; its text is in this answer and nowhere else',
        tags: ['keys'],
        body: KeyBody,
        response: {
          201: KeyRow.extend({ text: z.string() }),
          ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const actor = mustBe(request.actor);
      const { expiresInDays, ...asked } = request.body;
      if (asked.holder.kind === 'person' && !Object.hasOwn(context.settings().people, asked.holder.id))
        throw new Problem('invalid', `/holder/id: nobody is configured as "${asked.holder.id}"`);
      const at = context.now();
      const expiresAt = at + expiresInDays * dayMs;
      const { key, text } = createApiKey({ ...asked, createdBy: actor.holder.id, expiresAt }, material(), sha256, at);
      // A key that is kept and not audited has been handed to nobody: its text goes out with the answer alone.
      await kept(() => register().keep(key));
      await audited(
        actor,
        'create key',
        `${key.id} of ${asked.holder.kind} ${asked.holder.id}: ${asked.scopes.join(' ')}`,
      );
      return reply.code(201).send({ ...shownKey(key), text });
    },
  );

  app.get(
    '/api/v1/keys',
    {
      config: { needs: 'keys:manage' },
      schema: {
        operationId: 'listKeys',
        summary: 'Every key there is or was, without its secret',
        tags: ['keys'],
        response: { 200: z.object({ keys: z.array(KeyRow) }), ...problems(401, 403, 404, 500, 503) },
      },
    },
    async () => ({ keys: (await kept(() => register().list())).map(shownKey) }),
  );

  app.post(
    '/api/v1/keys/:id/revoke',
    {
      config: { needs: 'keys:manage' },
      schema: {
        operationId: 'revokeKey',
        summary: 'Take a key back, at once here and within seconds by every other API',
        tags: ['keys'],
        params: z.object({ id: z.string().max(50) }),
        response: { 200: z.object({ revoked: z.string() }), ...problems(401, 403, 404, 422, 500, 503) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const actor = mustBe(request.actor);
      if (!(await kept(() => register().revoke(id, context.now()))))
        throw new Problem('not-found', `there is no key ${id}`);
      await audited(actor, 'revoke key', id);
      return { revoked: id };
    },
  );
};
