import type { FastifyRequest } from 'fastify';
import { keyPrefix } from '../domain/apiKey.js';
import { cookieKey } from './codecSignIn.js';
import type { Api, Context } from './parts.js';

const isForCodec = (url: string): boolean => url.startsWith('/codec/');

/** The interface may send a token of its own sign-in, which is none of ours. */
const showCookie = ({ headers }: FastifyRequest): void => {
  const shown = cookieKey(headers.cookie);
  const showsKey = headers.authorization?.startsWith(`Bearer ${keyPrefix}_`) ?? false;
  if (shown !== undefined && !showsKey) headers.authorization = `Bearer ${shown}`;
};

/**
 * Lets Temporal's user interface, which is another origin, ask for decoding: the fetch standard's headers for the origins
 * of the configuration and no other, on refusals too, so that their words can be read. A browser that has signed in shows
 * its key in a cookie.
 */
export const allowTemporalUi = (app: Api, { codec }: Context): void => {
  if (!codec) return;
  app.addHook('onRequest', async (request, reply) => {
    if (!isForCodec(request.url)) return;
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    const isKnown = origin !== undefined && codec.uiOrigins().includes(origin);
    if (isKnown || origin === undefined) showCookie(request);
    if (!isKnown) return;
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-namespace',
      'access-control-max-age': '600',
      // Helmet would keep the answer to our own origin.
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
};
