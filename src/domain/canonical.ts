const faultAt = (path: string, expected: string): TypeError =>
  new TypeError(`${path || 'the value'} cannot be written canonically: expected ${expected}`);

const written = (value: unknown, path: string): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw faultAt(path, `a finite number, came ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((each, index) => written(each, `${path}[${index}]`)).join(',')}]`;
  if (typeof value !== 'object' || !isPlain(value)) throw faultAt(path, `plain data, came ${typeof value}`);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${written(each, path ? `${path}.${key}` : key)}`).join(',')}}`;
};

/** By the absence of a class, not by identity: data can come from another realm, such as Temporal's sandbox. */
const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * The same data always as the same text: JSON with sorted keys and no spaces, as RFC 8785 has it. Fields that are
 * undefined count as absent. Throws a TypeError that names the place of whatever JSON cannot hold.
 */
export const canonical = (value: unknown): string => written(value, '');
