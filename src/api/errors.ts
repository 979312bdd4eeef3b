import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CommandRefused, NoSuchCrisis, Unreachable } from '../client/firebreak.js';
import { StoreDown } from './reading.js';
import { invalid, Problem, type ProblemKind } from './problem.js';

/** Fastify's own refusals, as far as they are the sender's doing. */
const byCode: Readonly<Record<string, [ProblemKind, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['wrong-content-type', 'expected Content-Type: application/json'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'expected at most 1 MiB'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed-request', 'expected as many bytes as Content-Length says'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-body', 'expected a JSON body; got nothing'],
  FST_ERR_BAD_URL: ['malformed-request', 'expected a path in valid percent-encoding'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'there is nothing under so long a path'],
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The one place where what was thrown becomes an answer. */
export const problemOf = (error: unknown, requestId: string): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof CommandRefused) return new Problem('refused', error.message);
  if (error instanceof NoSuchCrisis) return new Problem('not-found', error.message);
  if (error instanceof Unreachable || error instanceof StoreDown) return new Problem('unreachable', error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = 'validationContext' in error ? ` (in the ${error.validationContext ?? 'request'})` : '';
    return invalid(
      error.validation.map(({ instancePath, message }) => ({
        pointer: instancePath === '/' ? '' : instancePath,
        detail: `${message ?? 'not as expected'}${where}`,
      })),
    );
  }
  const code = codeOf(error);
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known) return new Problem(...known);
  return new Problem('internal', `the log says more under the id ${requestId}`);
};

const headersOf = ({ kind }: Problem): Record<string, string> =>
  kind === 'unreachable'
    ? { 'retry-after': '5' }
    : kind === 'unsigned'
      ? { 'www-authenticate': 'StandardWebhooks' }
      : kind === 'unproven'
        ? { 'www-authenticate': 'Bearer realm="firebreak"' }
        : {};

/** Where a problem happened. The token of an acknowledge link is a key to a crisis, so it is never repeated. */
export const instanceOf = (request: FastifyRequest): string =>
  `${(request.url.split('?')[0] ?? '').replace(/^\/(a|approve)\/.*/, '/$1/…')}#${request.id}`;

export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, request.id);
  if (problem.kind === 'internal') request.log.error({ err: error }, 'a request failed');
  void reply
    .code(problem.status)
    .headers(headersOf(problem))
    .type('application/problem+json')
    .send(JSON.stringify(problem.body(instanceOf(request))));
};
