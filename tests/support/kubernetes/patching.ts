type Json = Record<string, unknown>;
type Step = { op: string; path: string; value?: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: what is null goes, objects are gone into, everything else is replaced. */
export const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch))
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merged(result[key], value);
  return result;
};

/** RFC 6902, as far as it concerns the fields of objects. */
export const stepped = (target: object, steps: readonly Step[]): unknown => {
  const result = structuredClone(target) as Json;
  for (const { op, path, value } of steps) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    let place: Json = result;
    for (const key of keys) {
      const next = place[key];
      if (!isObject(next)) throw new Error(`there is no ${path}`);
      place = next;
    }
    if (op !== 'add' && !Object.hasOwn(place, last)) throw new Error(`there is no ${path}`);
    if (op === 'remove') Reflect.deleteProperty(place, last);
    else if (op === 'add' || op === 'replace') place[last] = value;
    else throw new Error(`${op} is not known here`);
  }
  return result;
};
