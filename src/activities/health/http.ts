import { Agent, request } from 'undici';
import type { HealthCheck } from '../../domain/settings.js';
import { explain, type Health } from './health.js';

type HttpCheck = Extract<HealthCheck, { kind: 'http' }>;

/** How much of an answer is read before the connection is closed, in bytes. */
const longestAnswer = 65_536;

/** One GET on a connection of its own, so that it asks the process that serves now. Redirects are not followed. */
export const checkHttp = async ({ url, expectStatus, timeoutMs }: HttpCheck, signal: AbortSignal): Promise<Health> => {
  const limit = AbortSignal.timeout(timeoutMs);
  const dispatcher = new Agent({ pipelining: 0 });
  const began = performance.now();
  try {
    const answer = await request(url, { dispatcher, signal: AbortSignal.any([signal, limit]) });
    await answer.body.dump({ limit: longestAnswer });
    const tookMs = Math.round(performance.now() - began);
    const healthy = answer.statusCode === expectStatus;
    const expected = healthy ? '' : ` instead of ${expectStatus}`;
    return { healthy, reason: `HTTP ${answer.statusCode}${expected} in ${tookMs} ms` };
  } catch (error) {
    return { healthy: false, reason: explain(error, limit.aborted, timeoutMs) };
  } finally {
    await dispatcher.destroy();
  }
};
