import { Readable } from 'node:stream';
import { failed, Fault, misused } from '../output/fault.js';
import type { KeyToShow } from './key.js';

/** A crisis answers within seconds, or its projection does; after this nobody will. */
const answerWithinMs = 20_000;

type Sent = {
  method?: 'GET' | 'POST';
  body?: unknown;
  /** Sent as it comes, instead of a body. */
  content?: AsyncIterable<Uint8Array>;
  accept?: string;
  signal?: AbortSignal;
  /** As long as it takes, for what is large. */
  patient?: boolean;
};
export type Request = (path: string, sent?: Sent) => Promise<Response>;

type Problem = { title?: string; detail?: string; status?: number; errors?: { pointer: string; detail: string }[] };

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${answerWithinMs / 1_000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND') return 'there is no such host';
  return cause.message || (code ?? error.message);
};

const unreachable = (address: string, error: unknown): Fault =>
  failed(
    [
      `The API at ${address} cannot be reached: ${reasonOf(error)}.`,
      'Start it with: npx firebreak up',
      'Or point elsewhere: --url <address>, FIREBREAK_URL, or FIREBREAK_HOST and FIREBREAK_PORT.',
    ].join('\n'),
    { reason: 'unreachable', address },
  );

const problemIn = (text: string): Problem | undefined => {
  try {
    const problem: unknown = JSON.parse(text);
    return typeof problem === 'object' && problem !== null ? problem : undefined;
  } catch {
    return undefined;
  }
};

const wordsOf = (problem: Problem): string => {
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `  ${pointer || 'the body'}: ${detail}`);
  const head = problem.detail ?? problem.title ?? 'the API gave no reason';
  return fields.length > 1 ? [problem.title ?? head, ...fields].join('\n') : head;
};

/** What an answer that is no success means to the person who asked. */
const refusal = async (address: string, response: Response): Promise<Fault> => {
  const problem = problemIn(await response.text());
  const { status } = response;
  if (!problem?.title) return failed(`${address} answers ${status}, and not as Firebreak does: is it another program?`);
  const isOurs = status === 400 || status === 422;
  return (isOurs ? misused : failed)(wordsOf(problem), { status, ...(problem.errors && { errors: problem.errors }) });
};

/** A body that comes as a stream has to be called half a conversation, which not every description of `fetch` knows. */
type Init = RequestInit & { duplex?: 'half' };

const bodyOf = ({ body, content }: Sent): Init => {
  if (content)
    return {
      body: Readable.toWeb(Readable.from(content, { objectMode: false })) as ReadableStream,
      duplex: 'half',
      headers: { 'content-type': 'application/octet-stream' },
    };
  return body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

const limitOf = ({ signal, patient }: Sent): RequestInit => {
  if (signal) return { signal };
  return patient ? {} : { signal: AbortSignal.timeout(answerWithinMs) };
};

/** Asks the API, and answers with its success; everything else is thrown as a `Fault` in plain sentences. */
export const createRequest = (address: string, key?: KeyToShow): Request => {
  const send = (path: string, sent: Sent, shown?: KeyToShow) => {
    const { method = 'GET', accept = 'application/json', signal } = sent;
    const { headers, ...body } = bodyOf(sent);
    return fetch(`${address}${path}`, {
      method,
      ...body,
      ...limitOf(sent),
      headers: { accept, ...(headers as object), ...(shown && { authorization: `Bearer ${shown.text}` }) },
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw unreachable(address, error);
    });
  };

  return async (path, sent = {}) => {
    const first = await send(path, sent, key);
    // The administrator's key of this folder may be of another Firebreak than the one that answers here.
    const response = first.status === 401 && key?.found && !sent.content ? await send(path, sent) : first;
    if (!response.ok) throw await refusal(address, response);
    return response;
  };
};
