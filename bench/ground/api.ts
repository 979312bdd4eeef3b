import { Pool } from 'undici';
import type { Crisis } from '../../src/domain/crisis.js';
import { clock } from './clock.js';

/** An alert as a monitor of ours would write it; P0 by the seed's matrix. */
export const outageOf = (service: string, more: object = {}) => ({
  summary: `${service} is down`,
  service,
  severity: 'critical',
  dedupKey: `${service}:down`,
  details: 'checkout answers 502 since two minutes; error rate 94 %',
  labels: { alertname: 'CheckoutDown', job: service },
  facts: { completeOutage: true, usersAffectedPercent: 80 },
  ...more,
});

/** The API over one kept connection. */
export const apiAt = (url: string) => {
  const pool = new Pool(url, { connections: 4, headersTimeout: 60_000 });
  const call = async (method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> => {
    const { statusCode, body: reply } = await pool.request({
      method,
      path,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
  return {
    url,
    /** Posts one alert; when it was sent, and when it was accepted. */
    alert: async (alert: object): Promise<{ sentAt: number; acceptedAt: number }> => {
      const sentAt = clock();
      await call('POST', '/api/v1/alerts/generic', alert);
      return { sentAt, acceptedAt: clock() };
    },
    command: (id: string, command: string, input: object): Promise<unknown> =>
      call('POST', `/api/v1/crises/${encodeURIComponent(id)}/commands`, { command, by: 'ana', ...input }),
    crisis: async (id: string): Promise<Crisis> =>
      ((await call('GET', `/api/v1/crises/${encodeURIComponent(id)}`)) as { crisis: Crisis }).crisis,
  };
};

export type Api = ReturnType<typeof apiAt>;
