import type { Api } from './parts.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may be large: it may take long, as long as something comes. */
    mayTakeLong?: boolean;
  }
}

const wholeBodyWithinMs = 20_000;
const nextPieceWithinMs = 30_000;

/** A sender that is slow on purpose holds no socket: a body comes within 20 seconds, a large one goes on coming. */
export const hurrySenders = (app: Api): void => {
  app.addHook('onRequest', ({ raw, routeOptions }, reply, done) => {
    if (routeOptions.config.mayTakeLong) {
      raw.setTimeout(nextPieceWithinMs, () => raw.destroy());
      done();
      return;
    }
    const timer = setTimeout(() => {
      if (!raw.complete && !reply.raw.writableEnded)
        raw.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    }, wholeBodyWithinMs);
    timer.unref();
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
};
