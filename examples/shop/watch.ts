import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { webhookOf, type Firing } from './alert.js';

export type Watch = {
  shopUrl: string;
  /** Where the webhook goes: Firebreak's `/api/v1/alerts/alertmanager`. */
  to: string;
  everyMs: number;
  /** While it fires, it is sent again this often. */
  repeatMs: number;
  /** So many orders in a row must fail before it fires, or go through before it is over. */
  changesAfter: number;
  signal: AbortSignal;
  say: (line: string) => void;
};

const order = JSON.stringify({ country: 'DE', items: [{ product: 'tea', count: 1 }] });
const headers = { 'content-type': 'application/json' };
const limitMs = 3_000;

const post = async (url: string, body: string): Promise<string | undefined> => {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body,
      reset: true,
      signal: AbortSignal.timeout(limitMs),
    });
    await answer.body.dump();
    return answer.statusCode < 300 ? undefined : `HTTP ${answer.statusCode}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Whether the last answers say the other thing than before, often enough to believe them. */
const createCounter = (changesAfter: number) => {
  let failing = false;
  let differing = 0;
  return (failed: boolean): boolean => {
    differing = failed === failing ? 0 : differing + 1;
    if (differing < changesAfter) return failing;
    differing = 0;
    return (failing = failed);
  };
};

/** Orders something again and again and sends an alert while that fails, as Prometheus and Alertmanager together would. */
export const watch = async ({ shopUrl, to, everyMs, repeatMs, changesAfter, signal, say }: Watch): Promise<void> => {
  const failing = createCounter(changesAfter);
  let firing: Firing | undefined;
  let sendAt = 0;
  const send = async (alert: Firing): Promise<boolean> => {
    const webhook = webhookOf(alert);
    const refused = await post(to, JSON.stringify(webhook));
    say(`${webhook.status}: ${refused === undefined ? 'sent' : `not taken (${refused}), tried again`}`);
    return refused === undefined;
  };

  while (!signal.aborted) {
    const reason = await post(`${shopUrl}/checkout`, order);
    if (failing(reason !== undefined)) {
      firing ??= { startsAt: new Date(), reason: reason ?? 'it failed a moment ago', shopUrl };
      if (performance.now() >= sendAt && (await send(firing))) sendAt = performance.now() + repeatMs;
    } else if (firing && (await send({ ...firing, endsAt: new Date() }))) {
      firing = undefined;
      sendAt = 0;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
};
