import { types } from 'node:util';
import { Agent, request, type Dispatcher } from 'undici';
import type { HttpAction, ParameterValues } from '../domain/action.js';
import { spoken } from '../domain/duration.js';
import { looksSecret } from '../domain/mask.js';
import { checkParameters, secretValues } from '../domain/parameters.js';
import { fill, placeholderFaults } from '../domain/placeholders.js';
import type { ActionKind, Running } from './kind.js';
import { createOutput, type Output } from './output.js';
import { failed, type Verdict } from './verdict.js';

/** An answer longer than this is read no further, in bytes. */
const longestAnswer = 1_000_000;

/** Faults that come before the first byte of the request has left. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'ERR_INVALID_URL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A gateway that lost the service behind it cannot say what the service did. */
const gatewayLost = new Set([502, 504]);

/** A value goes into a URL or a form percent-encoded, into JSON as the inside of a string, elsewhere as it is. */
const escapeFor = (contentType: string): ((value: string) => string) => {
  if (contentType.includes('json')) return (value) => JSON.stringify(value).slice(1, -1);
  if (contentType.includes('x-www-form-urlencoded')) return encodeURIComponent;
  return (value) => value;
};

const headerOf = (headers: Readonly<Record<string, string>>, wanted: string): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];

type Call = { url: string; method: HttpAction['method']; headers: Record<string, string>; body?: string };

const callOf = (action: HttpAction, values: ParameterValues, key: string): Call => {
  const headers = Object.fromEntries(
    Object.entries(action.headers).map(([name, value]) => [name, fill(value, values)]),
  );
  const looksLikeJson = /^\s*[{[]/.test(action.body ?? '') ? 'application/json' : 'text/plain';
  const contentType = headerOf(action.headers, 'content-type') ?? looksLikeJson;
  return {
    url: fill(action.url, values, encodeURIComponent),
    method: action.method,
    headers: {
      ...(action.body === undefined ? {} : { 'content-type': contentType }),
      ...headers,
      'idempotency-key': key,
    },
    ...(action.body === undefined ? {} : { body: fill(action.body, values, escapeFor(contentType)) }),
  };
};

const read = async (body: Dispatcher.ResponseData['body'], output: Output): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    output.take(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestAnswer) break;
  }
  return Buffer.concat(chunks).toString('utf8');
};

const judge = (action: HttpAction, status: number, text: string): Verdict => {
  const said = `${action.method} answered ${status}`;
  if (!action.expectStatus.includes(status)) {
    const lost = gatewayLost.has(status) && action.method !== 'GET';
    return { status: lost ? 'uncertain' : 'failed', summary: `${said} instead of ${action.expectStatus.join(' or ')}` };
  }
  if (action.expectBody !== undefined && !text.includes(action.expectBody))
    return failed(`${said}, but without ${JSON.stringify(action.expectBody)}`);
  return { status: 'succeeded', summary: said };
};

const codeOf = (error: unknown): string =>
  types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What an error means: before sending it failed; after it, only reading is known to have done nothing. */
const explain = (action: HttpAction, error: unknown, called: AbortSignal, limit: AbortSignal): Verdict => {
  const code = codeOf(error);
  const words = types.isNativeError(error) && error.message ? error.message : code || String(error);
  if (neverSent.has(code)) return failed(code === 'ECONNREFUSED' ? 'connection refused' : `not sent: ${words}`);
  const why = called.aborted
    ? 'called off while it ran'
    : limit.aborted
      ? `no answer within ${spoken(action.timeoutMs)}`
      : `the connection broke: ${words}`;
  return { status: action.method === 'GET' ? 'failed' : 'uncertain', summary: why };
};

const call = async (
  action: HttpAction,
  values: ParameterValues,
  output: Output,
  running: Running,
): Promise<Verdict> => {
  const limit = AbortSignal.timeout(action.timeoutMs);
  // A connection of its own: one kept alive may still lead to the process that was just replaced.
  const dispatcher = new Agent({ pipelining: 0 });
  try {
    const { url, ...rest } = callOf(action, values, running.key);
    const signal = AbortSignal.any([running.signal, limit]);
    const answer = await request(url, { ...rest, signal, dispatcher, headersTimeout: 0, bodyTimeout: 0 });
    return judge(action, answer.statusCode, await read(answer.body, output));
  } catch (error) {
    return explain(action, error, running.signal, limit);
  } finally {
    await dispatcher.destroy();
  }
};

/** Calls a service over HTTP, following no redirects. Every attempt carries the run's key as `Idempotency-Key`. */
export const createHttpKind = (now: () => number): ActionKind<'http'> => ({
  kind: 'http',
  async run(action, parameters, running) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const hidden = Object.entries(action.headers).flatMap(([name, value]) => (looksSecret(name) ? [value] : []));
    const output = createOutput([...secretValues(action.parameters, values), ...hidden]);
    const decide = async (): Promise<Verdict> => {
      if ('fault' in checked) return failed(checked.fault);
      const [fault] = placeholderFaults(action);
      if (fault !== undefined) return failed(fault);
      if (running.signal.aborted) return failed('called off before it began');
      running.progress(`${action.method} under way`);
      return call(action, values, output, running);
    };
    const verdict = await decide();
    return { ...verdict, output: output.text(), startedAt, endedAt: now() };
  },
});
