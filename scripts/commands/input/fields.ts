import { z } from 'zod';

/** What a value on the command line is read as. */
export type Kind = 'text' | 'number' | 'boolean';

/** One field of an input, with the way to it: `facts.usersAffectedPercent`. */
export type Field = {
  path: readonly string[];
  kind: Kind;
  /** Given several times, it makes a list. */
  list: boolean;
  /** Takes any names under it: `--parameters.percent 50`. */
  open: boolean;
  required: boolean;
  oneOf: readonly string[];
  byDefault?: string;
  about?: string;
};

type Schema = {
  type?: string | readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: unknown;
  items?: Schema;
  enum?: readonly string[];
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
};

const kindOf = ({ type }: Schema): Kind => {
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'boolean' : 'text';
};

const range = ({ minimum, maximum = Infinity }: Schema): string | undefined =>
  minimum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : undefined;

const fieldOf = (path: readonly string[], schema: Schema, required: boolean): Field => {
  const of = schema.type === 'array' ? (schema.items ?? {}) : schema;
  const about = [range(of), schema.description].filter((words) => words !== undefined).join('; ');
  return {
    path,
    kind: kindOf(of),
    list: schema.type === 'array',
    open: schema.type === 'object',
    required,
    oneOf: of.enum ?? [],
    ...(['string', 'number', 'boolean'].includes(typeof schema.default) && { byDefault: String(schema.default) }),
    ...(about !== '' && { about }),
  };
};

const walk = ({ properties = {}, required = [] }: Schema, above: readonly string[]): Field[] =>
  Object.entries(properties).flatMap(([name, schema]) => {
    const path = [...above, name];
    return schema.properties ? walk(schema, path) : [fieldOf(path, schema, required.includes(name))];
  });

/** The fields of an object's schema, flat, in their order. */
export const fieldsOf = (schema: z.ZodType): Field[] =>
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, []);
