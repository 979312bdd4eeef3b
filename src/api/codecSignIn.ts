import formbody from '@fastify/formbody';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isLocal } from './access.js';
import { html } from './html.js';
import { contentSecurityPolicy, page } from './pageFrame.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';

const cookieName = 'firebreak-codec';
/** A working day: a browser left behind does not decode for ever. */
const holdsForSeconds = 8 * 3_600;

/** The key that a browser shows after signing in. */
export const cookieKey = (cookie: string | undefined): string | undefined =>
  new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(cookie ?? '')?.[1];

/** Only sent back to these paths, never to a script, and never from another site. */
const cookieOf = (text: string, isSecure: boolean): string =>
  [
    `${cookieName}=${text}`,
    'Path=/codec',
    `Max-Age=${text === '' ? 0 : holdsForSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');

const formPage = (said?: string): string =>
  page(
    'Decode in the Temporal UI',
    html`<h1>Decode in the Temporal UI</h1>
      ${said === undefined ? undefined : html`<p class="said" role="status">${said}</p>`}
      <p>
        With your key, this browser decodes the restricted crises that name you, for eight hours. In the Temporal UI set
        the codec server to this address, ending in <b>/codec</b>, and include cross-origin credentials.
      </p>
      <form method="post">
        <label for="key">Your key</label>
        <input id="key" name="key" type="password" autocomplete="off" required autofocus />
        <button type="submit">Sign in</button>
      </form>
      <form method="post">
        <input type="hidden" name="key" value="" /><button class="no" type="submit">Sign out</button>
      </form>`,
  );

const shows = (reply: FastifyReply, status: number, said?: string) =>
  reply
    .code(status)
    .headers({ 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(formPage(said));

const pageResponse = { description: 'A page', content: { 'text/html': { schema: z.string() } } };
const route = (operationId: string, summary: string) => ({
  config: { needs: 'nothing', rateLimit: { max: 30, timeWindow: 60_000 } } as const,
  schema: {
    operationId,
    summary,
    tags: ['codec'],
    response: { 200: pageResponse, 401: pageResponse, 503: pageResponse, ...problems(400, 422, 429, 500) },
  },
});

/** Temporal's user interface can send no key of ours, but a cookie: here a browser gets one for a key. */
export const codecSignInRoutes = async (app: Api, { authenticate, settings }: Context): Promise<void> => {
  await app.register(formbody, { bodyLimit: 1024 });

  app.get('/codec/sign-in', route('showCodecSignIn', 'A form for a key'), async (_request, reply) => shows(reply, 200));

  const asked = route('codecSignIn', 'Take a key and remember it in this browser; an empty one is forgotten');
  app.post(
    '/codec/sign-in',
    { ...asked, schema: { ...asked.schema, body: z.object({ key: z.string().max(500) }) } },
    async (request, reply) => {
      const text = request.body.key.trim();
      const isSecure = settings().publicUrl.startsWith('https:');
      if (text === '') return shows(reply.header('set-cookie', cookieOf('', isSecure)), 200, 'Signed out.');
      const shown = { authorization: `Bearer ${text}`, local: isLocal(request) };
      const known = await authenticate?.(shown).catch(() => 'unchecked' as const);
      if (known === 'unchecked') return shows(reply, 503, 'Keys cannot be checked just now; try again.');
      if (!known || 'unproven' in known || known.actor.holder.kind !== 'person')
        return shows(reply, 401, 'This is not the key of a person that is good here.');
      return shows(reply.header('set-cookie', cookieOf(text, isSecure)), 200, `Signed in as ${known.actor.holder.id}.`);
    },
  );
};
