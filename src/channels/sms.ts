import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { oneLine } from '../domain/message/inert.js';
import { referenceLine } from '../domain/message/reference.js';
import { smsText } from '../domain/message/sms.js';
import type { Settings } from '../domain/settings.js';
import type { Channel, Sent } from './channel.js';
import { whyEnded, within } from './deadline.js';
import { loadTwilio } from './twilioLibrary.js';

export type SmsSettings = NonNullable<Settings['channels']['sms']>;

/** E.164, as Twilio takes numbers. */
const number = /^\+[1-9]\d{6,14}$/;
/** Clocks differ: a message of this long before still counts as sent since. */
const slackMs = 60_000;
/** The newest messages to one number that are searched for a reference. */
const searched = 50;

type RequestOptions<T> = RequestClient.RequestOptions<T>;

type Account = Pick<SmsSettings, 'accountSid' | 'authToken' | 'timeoutMs'> & { baseUrl: string };

/** Twilio's client knows no other base address, so the address is changed under way. */
const clientOf = ({ accountSid, authToken, baseUrl, timeoutMs }: Account) => {
  const library = loadTwilio();
  const { protocol, host } = new URL(baseUrl);
  class OtherBase extends library.RequestClient {
    override request<T>(options: RequestOptions<T>) {
      const uri = Object.assign(new URL(options.uri), { protocol, host });
      return super.request<T>({ ...options, uri: uri.href });
    }
  }
  const httpClient = new OtherBase({ timeout: timeoutMs, autoRetry: false });
  return library(accountSid, authToken, { httpClient, autoRetry: false });
};

/** Errors of the network from before a byte of the request could have gone out. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
]);

const field = (error: unknown, name: 'status' | 'code'): unknown =>
  typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined;

/**
 * What an error means. A reply of 429 was not processed; one of 5xx may have been (Twilio's error 20500); another 4xx
 * will not heal. Without a reply it depends on whether the request can have left.
 */
const meaningOf = (error: unknown): Sent => {
  const status = field(error, 'status');
  const code = field(error, 'code');
  const reason = oneLine(
    `Twilio: ${error instanceof Error ? error.message : 'an unknown error'} (${String(code ?? status)})`,
  );
  if (typeof status === 'number' && status >= 500) return { status: 'uncertain', reason };
  if (typeof status === 'number') return { status: 'failed', reason, permanent: status !== 429 && status !== 408 };
  if (typeof code === 'string' && neverLeft.has(code)) return { status: 'failed', reason, permanent: false };
  return { status: 'uncertain', reason };
};

/** Rejects when the signal ends; Twilio's client takes none, its request then ends by its own timeout. */
const ended = (signal: AbortSignal, why: () => string): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error(why())), { once: true }));

/** Text messages by Twilio, cut to two segments where the link allows it. Two settings of one account share nothing. */
export const createSmsChannel = (settings: SmsSettings): Channel => {
  const { from, baseUrl = 'https://api.twilio.com', statusCallback, timeoutMs } = settings;
  const client = clientOf({ ...settings, baseUrl });

  return {
    name: 'sms',
    foldsRepeats: false,
    async send({ key, to, text }, signal) {
      if (!number.test(to))
        return { status: 'failed', reason: `not a number as +4915112345678: ${oneLine(to, 40)}`, permanent: true };
      if (signal.aborted) return { status: 'failed', reason: 'called off before it began', permanent: false };
      const body = text.includes(referenceLine(key)) ? text : smsText(key, text);
      try {
        const sent = await Promise.race([
          client.messages.create({
            to,
            from,
            body: body.slice(0, 1600),
            ...(statusCallback !== undefined && { statusCallback }),
          }),
          ended(within(signal, timeoutMs), () => whyEnded(signal, timeoutMs)),
        ]);
        return { status: 'sent', ref: sent.sid };
      } catch (error) {
        return meaningOf(error);
      }
    },
    async find(key, to, since) {
      try {
        // Not by date sent: a message that still waits in Twilio's queue has none, and would be missed.
        const messages = await client.messages.list({ to, limit: searched });
        const found = messages.find(
          ({ body, dateCreated, status }) =>
            body.includes(referenceLine(key)) &&
            dateCreated.getTime() >= since.getTime() - slackMs &&
            !['failed', 'undelivered', 'canceled'].includes(status),
        );
        return found ? { ref: found.sid } : 'unsent';
      } catch {
        return 'unknown';
      }
    },
  };
};
