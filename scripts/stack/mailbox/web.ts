import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Inbox } from './inbox.js';
import type { Mail } from './mail.js';
import { summary, whole } from './mailpit.js';
import { listPage, mailPage } from './pages.js';

const ourPages = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
// Also when opened on its own, a mail's HTML gets no origin, runs no script and loads nothing; links open in a new page.
const theirHtml =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const Id = z.object({ id: z.string() });
const Some = z.object({ IDs: z.array(z.string()).optional() }).nullish();

/** The mailbox over HTTP: pages for people, and Mailpit's paths for programs. */
export function createMailboxWeb(inbox: Inbox): FastifyInstance {
  const web = Fastify({ forceCloseConnections: true });
  web.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    reply.header('cache-control', 'no-store');
  });
  pages(web, inbox);
  api(web, inbox);
  return web;
}

function pages(web: FastifyInstance, inbox: Inbox): void {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  web.get('/', async (_request, reply) =>
    reply.headers({ ...html, 'content-security-policy': ourPages }).send(await listPage(inbox.messages())),
  );
  web.get('/mail/:id', async (request, reply) =>
    reply.headers({ ...html, 'content-security-policy': ourPages }).send(await mailPage(named(inbox, request.params))),
  );
  web.get('/mail/:id/html', async (request, reply) =>
    reply
      .headers({ ...html, 'content-security-policy': theirHtml })
      .send(`<base target="_blank">${named(inbox, request.params).html ?? ''}`),
  );
}

function api(web: FastifyInstance, inbox: Inbox): void {
  web.get('/api/v1/messages', () => {
    const messages = inbox.messages().map(summary);
    return { total: messages.length, messages_count: messages.length, start: 0, messages };
  });
  web.get('/api/v1/message/:id', (request) => whole(named(inbox, request.params)));
  web.delete('/api/v1/messages', (request) => {
    inbox.remove(Some.parse(request.body)?.IDs);
    return 'ok';
  });
}

function named(inbox: Inbox, params: unknown): Mail {
  const { id } = Id.parse(params);
  const mail = inbox.find(id);
  if (!mail)
    throw Object.assign(new Error(`there is no mail ${id}; the oldest make room for the newest`), { statusCode: 404 });
  return mail;
}
