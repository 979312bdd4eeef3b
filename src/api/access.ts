import type { FastifyRequest } from 'fastify';
import type { Scope } from '../domain/apiKey.js';
import { isLoopback, type Actor, type Unproven } from '../domain/authenticate.js';
import type { Settings } from '../domain/settings.js';
import type { Api, Context } from './parts.js';
import { Problem } from './problem.js';
import { createBudget } from './budget.js';

/** What a caller must be allowed to; `nothing` is open to everyone. */
export type Need = Scope | 'nothing';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Absent: reading needs `crises:read`, everything else `crises:command`. */
    needs?: Need;
  }
  interface FastifyRequest {
    /** Who has shown a key; undefined where none was needed and none was shown. */
    actor: Actor | undefined;
    /** A key was shown while none could be checked. */
    unchecked: boolean;
  }
}

/** What is wrong with a key, as its bearer may hear it. That an id is unknown and that a secret is wrong look alike. */
const words: Record<Exclude<Unproven, 'absent'>, string> = {
  malformed: 'the header Authorization: expected "Bearer firebreak_…"',
  unknown: 'this key is not known here',
  wrong: 'this key is not known here',
  revoked: 'this key has been revoked',
  expired: 'this key has expired',
  'not local': 'this key is taken on the machine of the API alone',
};

const needOf = ({ method, routeOptions }: FastifyRequest): Need =>
  routeOptions.config.needs ?? (method === 'GET' || method === 'HEAD' ? 'crises:read' : 'crises:command');

/** A name that is no address can be made to point here by whoever owns it: a page in a browser must not speak for its reader. */
const namesThisMachine = (host: string | undefined): boolean => {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || /^[\d.]+$/.test(name) || name.startsWith('[');
};

/** From this machine itself, and not handed on by a proxy on it. */
export const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  isLoopback(socket.remoteAddress) &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined &&
  namesThisMachine(headers.host);

const isOpen = (withoutKey: Settings['access']['withoutKey'], request: FastifyRequest): boolean =>
  withoutKey === 'everyone' || (withoutKey === 'loopback' && isLocal(request));

/** Which sources prove themselves by a signature over each message, so that a key would add nothing. */
const isSigned = ({ sources }: Settings, request: FastifyRequest): boolean => {
  const { source } = (request.params ?? {}) as { source?: string };
  const name = source ?? (request.routeOptions.url === '/v2/enqueue' ? 'pagerduty' : 'report');
  return Object.hasOwn(sources, name) && sources[name]?.secret !== undefined;
};

const needsNoKey = (settings: Settings, need: Need, request: FastifyRequest): boolean => {
  const { withoutKey, intakeWithoutKey } = settings.access;
  if (need === 'crises:read' || need === 'crises:command') return isOpen(withoutKey, request);
  if (need === 'alerts:write') return isOpen(intakeWithoutKey, request) || isSigned(settings, request);
  return need === 'nothing';
};

const missing = (need: Need): Problem =>
  new Problem(
    'unproven',
    `expected the header Authorization: Bearer <key>, with a key for ${need}; one is made by: npx firebreak key create`,
  );

/** Its route lets an acknowledgement through while no key can be checked, not proven, and nothing else. */
const mayBeAcknowledging = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.url === '/api/v1/crises/:id/commands';

/** Lets a request through to its route when it needs no key, or shows one that is good for it; else 401 or 403. */
export const guardAccess = (app: Api, context: Context): void => {
  const { authenticate, settings, note, now, newId } = context;
  app.decorateRequest('actor', undefined);
  app.decorateRequest('unchecked', false);

  const mayNote = createBudget(now);
  const refuse = (request: FastifyRequest, problem: Problem, actor?: Actor): Problem => {
    if (!mayNote()) return problem;
    note?.({
      key: newId(),
      at: now(),
      who: actor ? { id: actor.holder.id, proof: 'api key', key: actor.key } : { id: request.ip, proof: 'not proven' },
      what: `${request.method} ${request.routeOptions.url ?? ''}`,
      on: {},
      authority: { kind: 'none', of: [] },
      outcome: 'refused',
      why: problem.message,
    });
    return problem;
  };

  app.addHook('onRequest', async (request) => {
    const need = needOf(request);
    const { authorization } = request.headers;
    if (need === 'nothing' || request.is404) return;
    if (authorization === undefined || !authenticate) {
      if (needsNoKey(settings(), need, request)) return;
      throw missing(need);
    }
    const known = await authenticate({ authorization, local: isLocal(request) }).catch((error: unknown) => {
      if (mayBeAcknowledging(request)) return undefined;
      throw new Problem('unreachable', `the key cannot be checked: ${error instanceof Error ? error.message : ''}`);
    });
    if (!known) {
      request.unchecked = true;
      return;
    }
    if ('unproven' in known) {
      if (known.unproven === 'absent') throw missing(need);
      throw refuse(request, new Problem('unproven', words[known.unproven]));
    }
    const { actor } = known;
    const { kind, id } = actor.holder;
    if (kind === 'person' && !Object.hasOwn(settings().people, id))
      throw refuse(request, new Problem('unproven', `this key is of ${id}, who is not configured any more`), actor);
    if (!actor.scopes.includes(need))
      throw refuse(
        request,
        new Problem('forbidden', `this key is for ${actor.scopes.join(', ') || 'nothing'}; this needs ${need}`),
        actor,
      );
    request.actor = actor;
  });
};

/** In whose name a request acts: what it says, or its key's holder. A person's key speaks for nobody else. */
export const actingAs = ({ actor }: FastifyRequest, by: unknown): unknown => {
  if (!actor) return by;
  const { kind, id } = actor.holder;
  if (by === undefined) return id;
  if (kind === 'person' && by !== id)
    throw new Problem(
      'forbidden',
      `this key is of ${id}, and cannot act as ${typeof by === 'string' ? by : 'another'}`,
    );
  return by;
};
