import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';

const documented = new WeakSet<z.ZodType>();

/** Marks a body schema that only documents its route: the route reads the body itself, and names every fault better. */
export const documentedBody = <Body extends z.ZodType>(body: Body): Body => {
  documented.add(body);
  return body;
};

/** The same of an answer: the route makes it whole, as its type says, and in a storm nobody looks it over again. */
export const documentedAnswer = <Answer extends z.ZodType>(answer: Answer): Answer => {
  documented.add(answer);
  return answer;
};

/** Validates by zod all that is not only documented. */
export const validate: typeof validatorCompiler = (route) =>
  documented.has(route.schema as z.ZodType) ? (value: unknown) => ({ value }) : validatorCompiler(route);

/** Writes by zod every answer that is not only documented. */
export const serialize: typeof serializerCompiler = (route) =>
  documented.has(route.schema as z.ZodType) ? JSON.stringify : serializerCompiler(route);
