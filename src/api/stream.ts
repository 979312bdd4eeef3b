import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLocal } from './access.js';
import { maySeeIt, seerOf } from './visibility.js';
import type { Api, Change, Context } from './parts.js';
import { Problem, problems } from './problem.js';

const heartbeatMs = 15_000;
const atMost = 200;
/** A reader that lets so many bytes pile up has gone to sleep, and is cut off to come back. */
const mostUnreadBytes = 1_000_000;

/** A stream may outlive its key: one that was revoked or has expired hears nothing more. */
const isProvenNoMore = async ({ authenticate }: Context, request: FastifyRequest): Promise<boolean> => {
  if (!request.actor || !authenticate) return false;
  const { authorization } = request.headers;
  const known = await authenticate({ authorization, local: isLocal(request) }).catch(() => undefined);
  return known !== undefined && 'unproven' in known;
};

/** Server-sent events: one `crisis` whenever a crisis has changed, saying which; its reader fetches what it wants to know. */
export const streamRoutes = (app: Api, context: Context): void => {
  const { changes } = context;
  let open = 0;
  app.get(
    '/api/v1/stream',
    {
      schema: {
        operationId: 'streamChanges',
        summary: 'Server-sent events: which crisis has changed',
        tags: ['crises'],
        response: {
          200: { description: 'Events named crisis', content: { 'text/event-stream': { schema: z.string() } } },
          ...problems(500, 503),
        },
      },
    },
    (request, reply) => {
      if (!changes) throw new Problem('unreachable', 'changes are not watched here');
      if (open >= atMost) throw new Problem('unreachable', `expected at most ${atMost} streams at a time`);
      open++;
      reply.hijack();
      const { raw } = reply;
      const headers = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
      raw.writeHead(200, {
        ...Object.fromEntries(headers),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      const write = (text: string) => {
        if (raw.writableLength > mostUnreadBytes) raw.destroy();
        else raw.write(text);
      };
      const seer = seerOf(request);
      const tell = async (change: Change) => {
        if (await isProvenNoMore(context, request)) return void raw.end();
        if (!(await maySeeIt(context, change.crisisId, seer))) return;
        write(`event: crisis\ndata: ${JSON.stringify(change)}\n\n`);
      };
      write('retry: 2000\n\n');
      const unsubscribe = changes.subscribe((change) => void tell(change));
      const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
      raw.once('close', () => {
        open--;
        clearInterval(heartbeat);
        unsubscribe();
      });
    },
  );
};
