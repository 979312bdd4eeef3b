import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';
import type { Api } from './parts.js';

const options: HelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  // Whether the whole host speaks TLS only is for the proxy before us to say.
  strictTransportSecurity: false,
};

/** What helmet sets on an answer; with these options the same on each. */
const headersOfHelmet = (): OutgoingHttpHeaders => {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error instanceof Error) throw error;
  });
  return response.getHeaders();
};

/** Helmet's headers on every answer, made once: made for each request they were a tenth of what an alert costs. */
export const setSecurityHeaders = (app: Api): void => {
  const headers = headersOfHelmet();
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
};
