import { once } from 'node:events';
import { connect } from 'node:net';
import type { HealthCheck } from '../../domain/settings.js';
import { explain, type Health } from './health.js';

type TcpCheck = Extract<HealthCheck, { kind: 'tcp' }>;

/** Opens a connection and closes it again. */
export const checkTcp = async ({ host, port, timeoutMs }: TcpCheck, signal: AbortSignal): Promise<Health> => {
  const limit = AbortSignal.timeout(timeoutMs);
  const began = performance.now();
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, limit]) });
    return { healthy: true, reason: `connected in ${Math.round(performance.now() - began)} ms` };
  } catch (error) {
    return { healthy: false, reason: explain(error, limit.aborted, timeoutMs) };
  } finally {
    socket.on('error', () => undefined); // it has said what it had to say
    socket.destroy();
  }
};
