import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { guardAccess } from './access.js';
import { ackLinkRoutes } from './ackLink.js';
import { alertRoutes } from './alerts.js';
import { approvalLinkRoutes } from './approvalLink.js';
import { auditRoutes } from './audit.js';
import { readBodies } from './body.js';
import { codecRoutes } from './codec.js';
import { codecSignInRoutes } from './codecSignIn.js';
import { commandRoutes } from './commands.js';
import { createCounters } from './counters.js';
import { allowTemporalUi } from './crossOrigin.js';
import { crisisRoutes } from './crises.js';
import { documentRoutes } from './document.js';
import { serialize, validate } from './documentedBody.js';
import { enqueueRoutes } from './enqueue.js';
import { evidenceRoutes } from './evidence.js';
import { answerError } from './errors.js';
import { healthRoutes } from './health.js';
import { historyRoutes } from './history.js';
import { keyRoutes } from './keys.js';
import { notificationRoutes } from './notifications.js';
import type { Api, ApiParts, Context } from './parts.js';
import { Problem } from './problem.js';
import { recordRoutes } from './records.js';
import { reportRoutes } from './reports.js';
import { setSecurityHeaders } from './securityHeaders.js';
import { hurrySenders } from './slowSenders.js';
import { streamRoutes } from './stream.js';
import { stuckRoutes } from './stuck.js';
import { hideRestricted } from './visibility.js';
import { twilioRoutes } from './webhooks/twilio.js';

const oneMebibyte = 1_048_576;

const createServer = ({ logger, newId }: ApiParts): Api =>
  fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // Logged below by route, because the path of an acknowledge link is itself a key.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: oneMebibyte,
    // Open streams must not hold up a shutdown.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2048 },
    frameworkErrors: answerError,
  })
    .setValidatorCompiler(validate)
    .setSerializerCompiler(serialize)
    .withTypeProvider<ZodTypeProvider>();

const protect = async (app: Api): Promise<void> => {
  setSecurityHeaders(app);
  // Only where a route asks for it: a storm of alerts is what this is for.
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after }) => new Problem('too-many-requests', `try again in ${after}`),
  });
};

/** Nothing that we keep holds a NUL, and a database that is asked for one fails: that is not its outage. */
const refuseNul = (app: Api): void => {
  app.addHook('onRequest', ({ url }, _reply, done) => {
    if (!url.includes('%00')) done();
    else done(new Problem('malformed-request', 'expected no NUL (%00) in the path or the query'));
  });
};

const observe = (app: Api, { counters }: Context): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    if (statusCode >= 400) counters.add('firebreak_requests_refused_total', { status: statusCode });
    const { url: route = 'unknown' } = request.routeOptions;
    request.log.info({ method: request.method, route, statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
};

/** The HTTP API, not yet listening: `listen` it, or `inject` requests into it. Closing it closes nothing it was given. */
export const createApi = async (parts: ApiParts): Promise<Api> => {
  const changes = parts.changes ?? parts.store;
  const context: Context = { answerWithinMs: 2_000, ...parts, ...(changes && { changes }), counters: createCounters() };
  const app = createServer(parts);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    throw new Problem('not-found', `there is no ${request.method} of this path`);
  });
  readBodies(app);
  hurrySenders(app);
  observe(app, context);
  refuseNul(app);
  await protect(app);
  allowTemporalUi(app, context);
  guardAccess(app, context);
  hideRestricted(app, context);
  await documentRoutes(app);
  for (const routes of [
    alertRoutes,
    enqueueRoutes,
    reportRoutes,
    crisisRoutes,
    recordRoutes,
    historyRoutes,
    notificationRoutes,
    stuckRoutes,
    commandRoutes,
    streamRoutes,
    keyRoutes,
    auditRoutes,
    codecRoutes,
    healthRoutes,
  ])
    routes(app, context);
  await app.register((evidence, _options, done) => {
    evidenceRoutes(evidence.withTypeProvider<ZodTypeProvider>(), context);
    done();
  });
  await app.register(async (links) => ackLinkRoutes(links.withTypeProvider<ZodTypeProvider>(), context));
  await app.register(async (links) => approvalLinkRoutes(links.withTypeProvider<ZodTypeProvider>(), context));
  await app.register(async (pages) => codecSignInRoutes(pages.withTypeProvider<ZodTypeProvider>(), context));
  await app.register(async (webhooks) => twilioRoutes(webhooks.withTypeProvider<ZodTypeProvider>(), context));
  await app.ready();
  return app;
};
