import type { Action, ParameterValues } from './action.js';

type Schema = Action['parameters'];
type Value = string | number | boolean;

/** Either every declared parameter with its value, or what is wrong, naming the parameter, what was expected and what came. */
export type Checked = { values: ParameterValues } | { fault: string };

/** No program and no service of ours takes a single value longer than this; 131,072 is Linux's own limit for one argument. */
const longestValue = 8192;

const shown = (value: Value): string =>
  typeof value === 'string' && value.length > 60 ? `${JSON.stringify(value.slice(0, 60))}…` : JSON.stringify(value);

/**
 * A text is read as the number or the boolean it spells, since forms and command lines only know texts. The other way round
 * is refused: a version 1.10 that became a number on its way is no longer 1.10.
 */
const convert = (type: Schema[string]['type'], value: Value): Value | undefined => {
  if (typeof value === type) return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
  if (typeof value !== 'string') return undefined;
  if (type === 'number' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return undefined;
};

const expression = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
};

const wrongWith = (value: Value, { pattern, oneOf, secret }: Schema[string]): string | undefined => {
  const text = String(value);
  const got = secret ? 'got something else' : `got ${shown(value)}`;
  if (text.length > longestValue) return `expected at most ${longestValue} characters; got ${text.length}`;
  if (text.includes('\0')) return 'holds a NUL character, which no program can be given';
  if (oneOf && !oneOf.includes(text)) return `expected one of ${oneOf.join(', ')}; ${got}`;
  if (pattern === undefined) return undefined;
  const whole = expression(pattern);
  if (!whole) return `its pattern ${pattern} is not a regular expression`;
  return whole.test(text) ? undefined : `expected to match ${pattern}; ${got}`;
};

const checkOne = (
  name: string,
  schema: Schema[string],
  given: Value | undefined,
): { value: Value } | { fault: string } => {
  const raw = given ?? schema.default;
  if (raw === undefined) return { fault: `parameter ${name} is missing` };
  const value = convert(schema.type, raw);
  const got = schema.secret ? typeof raw : `${typeof raw} ${shown(raw)}`;
  if (value === undefined) return { fault: `parameter ${name}: expected a ${schema.type}; got ${got}` };
  const fault = wrongWith(value, schema);
  return fault === undefined ? { value } : { fault: `parameter ${name}: ${fault}` };
};

/** Checks what came from outside against an action's schema and fills in defaults. A pattern must match the whole value. */
export const checkParameters = (schema: Schema, given: ParameterValues): Checked => {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(schema, name));
  if (unknown !== undefined) {
    const known = Object.keys(schema).join(', ') || 'no parameters';
    return { fault: `parameter ${unknown} is unknown; this action takes ${known}` };
  }
  const values: [string, Value][] = [];
  for (const [name, each] of Object.entries(schema)) {
    const checked = checkOne(name, each, Object.hasOwn(given, name) ? given[name] : undefined);
    if ('fault' in checked) return checked;
    values.push([name, checked.value]);
  }
  return { values: Object.fromEntries(values) };
};

/** The values of parameters that were declared secret, as texts to keep out of every output. */
export const secretValues = (schema: Schema, values: ParameterValues): string[] =>
  Object.entries(schema).flatMap(([name, { secret }]) =>
    secret && values[name] !== undefined ? [String(values[name])] : [],
  );
