import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { oneLine } from '../domain/message/inert.js';
import type { Settings } from '../domain/settings.js';
import { isPublic, publicLookup } from './addressGuard.js';
import type { Channel, Message, Sent } from './channel.js';
import { whyEnded, within } from './deadline.js';

export type WebhookSettings = NonNullable<Settings['channels']['webhook']>;

const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Why an address is refused before anything is connected; undefined when it may be tried. */
const whyNot = (to: string, allowed: ReadonlySet<string>): string | undefined => {
  if (!URL.canParse(to)) return 'not an address';
  const url = new URL(to);
  const host = bareHost(url);
  if (!/^https?:$/.test(url.protocol)) return `${url.protocol} is neither http nor https`;
  if (url.username || url.password) return 'an address may not carry a password';
  if (allowed.has(host)) return undefined;
  if (isIP(host) && !isPublic(host)) return `${host} is not public, and channels.webhook.allowHosts does not list it`;
  return undefined;
};

const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const meaningOf = (error: unknown, why: string): Sent => {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  const reason = oneLine(message ?? 'an unknown error');
  if (name === 'AddressRefused') return { status: 'failed', reason, permanent: true };
  if (name === 'AbortError' || name === 'TimeoutError') return { status: 'uncertain', reason: why };
  if (code !== undefined && neverLeft.has(code)) return { status: 'failed', reason, permanent: false };
  return { status: 'uncertain', reason };
};

/** A redirect is a refusal too: it is not followed, since it may lead where the address itself may not. */
const outcomeOf = (statusCode: number, key: string): Sent => {
  if (statusCode >= 200 && statusCode < 300) return { status: 'sent', ref: key };
  const permanent = statusCode < 500 && ![408, 409, 425, 429].includes(statusCode);
  return { status: 'failed', reason: `the receiver answered ${statusCode}`, permanent };
};

const bodyOf = ({ key, subject, text, urgent, crisisId }: Message, at: Date): string =>
  JSON.stringify({
    type: urgent ? 'firebreak.page' : 'firebreak.message',
    timestamp: at.toISOString(),
    data: { key, ...(crisisId === undefined ? {} : { crisisId }), subject, text, urgent },
  });

/** Signed POSTs after the Standard Webhooks specification; `webhook-id` is the key, by which a receiver folds repeats. */
export const createWebhookChannel = ({ secret, allowHosts, timeoutMs }: WebhookSettings): Channel => {
  const webhook = new Webhook(secret);
  const allowed = new Set(allowHosts.map((host) => host.replace(/^\[|\]$/g, '').toLowerCase()));
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const open = new Agent({ ...limits, connect: { timeout: timeoutMs } });
  const guarded = new Agent({ ...limits, connect: { timeout: timeoutMs, lookup: publicLookup } });

  return {
    name: 'webhook',
    foldsRepeats: true,
    async send(message, signal) {
      const { key, to } = message;
      const refusal = whyNot(to, allowed);
      if (refusal) return { status: 'failed', reason: oneLine(refusal), permanent: true };
      if (signal.aborted) return { status: 'failed', reason: 'called off before it began', permanent: false };
      const at = new Date();
      const body = bodyOf(message, at);
      try {
        const { statusCode, body: reply } = await request(to, {
          method: 'POST',
          dispatcher: allowed.has(bareHost(new URL(to))) ? open : guarded,
          headers: {
            'content-type': 'application/json',
            'user-agent': 'firebreak',
            'webhook-id': key,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': webhook.sign(key, at, body),
          },
          body,
          signal: within(signal, timeoutMs),
        });
        // The status line is the answer; a body that never ends must not hold it up.
        reply.on('error', () => undefined).destroy();
        return outcomeOf(statusCode, key);
      } catch (error) {
        return meaningOf(error, whyEnded(signal, timeoutMs));
      }
    },
    find: () => Promise.resolve('unknown'),
    close: () => {
      void open.destroy();
      void guarded.destroy();
    },
  };
};
