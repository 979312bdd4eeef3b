import { types } from 'node:util';

/** What one health check found, with the reason in words. */
export type Health = { healthy: boolean; reason: string };

/** What an error of a connection means to a person. */
export const explain = (error: unknown, timedOut: boolean, timeoutMs: number): string => {
  if (timedOut) return `no answer within ${timeoutMs} ms`;
  const code = types.isNativeError(error) && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND') return 'no such host';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'connection broken before the answer';
  return types.isNativeError(error) && error.message ? error.message : String(error);
};
