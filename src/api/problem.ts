import { z } from 'zod';
import type { Fault } from '../intake/fault.js';

export const ProblemBody = z
  .object({
    type: z.string().meta({ description: 'which kind of problem; stable' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'the path, and after the # the id of the request in the log' }),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** The closed set of what can go wrong here, each with its status and title (RFC 9457). */
const kinds = {
  'malformed-body': [400, 'The body cannot be read'],
  'malformed-request': [400, 'The request cannot be read'],
  unsigned: [401, 'The signature is missing or wrong'],
  unproven: [401, 'It is not known who asks'],
  forbidden: [403, 'The key is not for this'],
  forged: [403, 'The request is not from whom it seems'],
  'not-found': [404, 'There is no such thing'],
  refused: [409, 'The crisis refuses the command'],
  'too-large': [413, 'The body is too large'],
  'wrong-content-type': [415, 'The body has a type that is not read here'],
  invalid: [422, 'The request is not as expected'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  unreachable: [503, 'A part that this needs cannot be reached, or has too much to do'],
} as const;
export type ProblemKind = keyof typeof kinds;

/** A refusal on its way to its sender; `detail` is in words and safe to show. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;

  constructor(
    readonly kind: ProblemKind,
    detail: string,
    readonly errors?: readonly Fault[],
  ) {
    super(detail);
    this.status = kinds[kind][0];
  }

  body(instance: string): z.infer<typeof ProblemBody> {
    return {
      type: `urn:problem-type:firebreak:${this.kind}`,
      title: kinds[this.kind][1],
      status: this.status,
      detail: this.message,
      instance,
      ...(this.errors && { errors: [...this.errors] }),
    };
  }
}

/** Faults in a body, the first of them in the detail for whoever reads no further. */
export const invalid = (faults: readonly Fault[]): Problem =>
  new Problem(
    'invalid',
    faults[0] ? `${faults[0].pointer || 'the body'}: ${faults[0].detail}` : 'not as expected',
    faults,
  );

/** The answers of a route that are problems, for its documentation. */
export const problems = <Status extends number>(...statuses: Status[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: Object.values(kinds).find(([known]) => known === status)?.[1] ?? 'A problem',
        content: { 'application/problem+json': { schema: ProblemBody } },
      },
    ]),
  ) as Record<Status, { description: string; content: { 'application/problem+json': { schema: typeof ProblemBody } } }>;
