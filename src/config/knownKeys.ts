import { settingsJsonSchema } from './jsonSchema.js';
import type { Path } from './document.js';

type Schema = {
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  const?: unknown;
};

const root = settingsJsonSchema() as Schema & { $defs?: Record<string, Schema> };

const resolved = ({ $ref, ...schema }: Schema): Schema => {
  const name = $ref?.split('/').at(-1);
  return name === undefined ? schema : $ref === '#' ? root : (root.$defs?.[name] ?? {});
};

/** Every way in which a place may be filled. */
const ways = (schema: Schema): Schema[] => {
  const found = resolved(schema);
  const more = [...(found.anyOf ?? []), ...(found.oneOf ?? []), ...(found.allOf ?? [])];
  return more.length > 0 ? more.flatMap(ways) : [found];
};

const below = (schema: Schema, part: string | number): Schema[] => {
  const named = schema.properties?.[part];
  if (named) return ways(named);
  if (typeof part === 'number' && schema.items) return ways(schema.items);
  return typeof schema.additionalProperties === 'object' ? ways(schema.additionalProperties) : [];
};

/** False when a property that the schema fixes, such as the kind of an action, says otherwise. */
const agrees = (value: unknown) => (schema: Schema) =>
  Object.entries(schema.properties ?? {}).every(
    ([key, { const: fixed }]) => fixed === undefined || (value as Record<string, unknown> | undefined)?.[key] === fixed,
  );

/** The keys that may stand at a place of the settings, for a hint. */
export const knownKeys = (path: Path, value: unknown): string[] => {
  const places = path.reduce((schemas, part) => schemas.flatMap((schema) => below(schema, part)), ways(root));
  const fitting = places.filter(agrees(value));
  const chosen = fitting.length > 0 ? fitting : places;
  return [...new Set(chosen.flatMap(({ properties = {} }) => Object.keys(properties)))];
};
