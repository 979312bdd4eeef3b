import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Asked } from '../judge/observations.js';

/** `key`: whom the API shall take it from. */
type Post = { path: string; body: object; key?: string };

/** Longer than this no client waits for an answer. */
const answerWithinMs = 15_000;
const againAfterMs = 150;

/** Alerts and acknowledgements by the API, with a log of what was answered. */
export const createSender = (url: () => string) => {
  const dispatcher = new Agent({ connections: 64 });
  const asked: Asked[] = [];
  let unanswered = 0;

  const post = async (id: string, { path, body, key }: Post): Promise<number | undefined> => {
    try {
      const { statusCode, body: answer } = await request(`${url()}${path}`, {
        method: 'POST',
        dispatcher,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await answer.dump();
      return statusCode;
    } catch {
      return undefined;
    }
  };

  /** Sends it until it is taken, or once only; an answer of 4xx would be a fault of the run. */
  const ask = async (
    what: Asked['what'],
    noted: string,
    cause: string,
    sent: Post,
    tries: number,
  ): Promise<boolean> => {
    const entry: Asked = { what, id: noted, cause, sentAt: Date.now() };
    asked.push(entry);
    for (let nth = 0; nth < tries; nth++) {
      const status = await post(noted.replace(/^generic:/, ''), sent);
      if (status !== undefined && status < 300) {
        entry.takenAt = Date.now();
        return true;
      }
      if (status !== undefined && status >= 400 && status < 500) throw new Error(`${sent.path} answered ${status}`);
      unanswered++;
      await sleep(againAfterMs);
    }
    return false;
  };

  let count = 0;
  return {
    asked,
    /** How often a request got no answer, or one of 5xx. */
    unanswered: () => unanswered,
    /** A complete outage of a service that nobody knows yet; its monitor calls it by its own name, or by another one. */
    alert: (cause: string, tries = 400, dedupKey = cause): Promise<boolean> => {
      const body = { summary: `${cause} is down`, service: cause, dedupKey, facts: { completeOutage: true } };
      // The API makes the alert's id of its source and the sender's key.
      return ask('alert', `generic:${cause}-${++count}`, cause, { path: '/api/v1/alerts/generic', body }, tries);
    },
    acknowledge: (cause: string, by: string, tries = 400): Promise<boolean> => {
      const path = `/api/v1/crises/${encodeURIComponent(cause)}/commands`;
      return ask(
        'acknowledge',
        `ack-${cause}-${++count}`,
        cause,
        { path, body: { command: 'acknowledge', by } },
        tries,
      );
    },
    /** Any other command, with its name and what it takes, by the holder of a key. */
    command: (cause: string, body: Record<string, string>, key: string, tries = 400): Promise<boolean> => {
      const path = `/api/v1/crises/${encodeURIComponent(cause)}/commands`;
      return ask('command', `command-${cause}-${++count}`, cause, { path, body, key }, tries);
    },
    close: () => dispatcher.destroy(),
  };
};

export type Sender = ReturnType<typeof createSender>;
