import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from './job.js';

type Status = { message?: unknown };

const statusIn = (body: unknown): Status => {
  if (typeof body === 'object' && body !== null) return body;
  try {
    return typeof body === 'string' ? ((JSON.parse(body) as Status | null) ?? {}) : {};
  } catch {
    return { message: body };
  }
};

type Fault = { name?: unknown; message?: unknown; code?: unknown; body?: unknown };

/** What is known of an error; those of the client’s transport are errors by their fields alone. */
const faultOf = (error: unknown): Fault => (typeof error === 'object' && error !== null ? error : {});

/** The HTTP status with which the API server refused; nought when it has not answered at all. */
export const codeOf = (error: unknown): number => {
  const { code } = faultOf(error);
  return typeof code === 'number' ? code : 0;
};

/** What the API server said, without the headers and the whole body that the client puts into its messages. */
export const wordsOf = (error: unknown): string => {
  const { message, body } = faultOf(error);
  const code = codeOf(error);
  if (code === 0) return typeof message === 'string' && message !== '' ? message : String(error);
  const { message: said } = statusIn(body);
  return `Kubernetes answered ${code}${typeof said === 'string' ? `: ${said.slice(0, 500)}` : ''}`;
};

/** Nothing of the request has reached a server. */
export const neverSent = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(String(faultOf(error).code));

/** It may go well the next time: somebody else has written in between, or the server is busy or lost its answer. */
const passes = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === 0 ? faultOf(error).name === 'FetchError' : code === 409 || code === 429 || code >= 500;
};

/** How often something is tried before its last answer counts. */
const tries = 5;

/** Does something again that reads first what is there; what an earlier attempt has written it finds by its mark. */
export const persistently = async <Made>(
  { signal, everyMs, say }: Job,
  attempt: () => Promise<Made>,
): Promise<Made> => {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || signal.aborted || !passes(error)) throw error;
      say(`once more: ${wordsOf(error)}`);
      await sleep(everyMs, undefined, { signal });
    }
  }
};
