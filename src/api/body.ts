import { parseJson } from '../intake/json.js';
import type { Api } from './parts.js';
import { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, since a signature is over its bytes. */
    rawBody: Buffer | undefined;
  }
}

/** Reads JSON bodies with our own guards, and keeps their bytes. */
export const readBodies = (app: Api): void => {
  app.decorateRequest('rawBody', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    /^application\/([\w.-]+\+)?json\b/,
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      request.rawBody = bytes;
      const parsed = parseJson(bytes);
      if ('value' in parsed) done(null, parsed.value);
      else done(new Problem('malformed-body', parsed.fault.detail, [parsed.fault]));
    },
  );
};
