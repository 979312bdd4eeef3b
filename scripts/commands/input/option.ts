import type { Field } from './fields.js';

/** A field as an option: `--facts.usersAffectedPercent`. */
export const optionOf = (path: readonly PropertyKey[]): string => `--${path.map(String).join('.')}`;

const squeezed = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();

export type Match = { field: Field; path: readonly string[] };

const named = (field: Field, name: string): boolean =>
  squeezed(field.path.join('.')) === squeezed(name) ||
  // The last part will do where it says everything: `--users-affected 40`.
  (field.path.length > 1 && squeezed(field.path.at(-1) ?? '') === squeezed(name));

/** The field an option means, in kebab-case or as the schema writes it. */
export const matching = (fields: readonly Field[], name: string): Match | undefined => {
  const field = fields.find((each) => !each.open && named(each, name));
  if (field) return { field, path: field.path };
  for (const each of fields.filter(({ open }) => open)) {
    const [first, ...rest] = name.split('.');
    if (squeezed(first ?? '') === squeezed(each.path[0] ?? '') && rest.length > 0)
      return { field: each, path: [...each.path, rest.join('.')] };
  }
  return undefined;
};
