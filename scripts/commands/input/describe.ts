import type { Field } from './fields.js';
import { optionOf } from './option.js';

const valueShown = ({ path, kind, oneOf }: Field): string => {
  if (oneOf.length > 0) return `<${oneOf.length > 5 ? (path.at(-1) ?? '') : oneOf.join('|')}>`;
  return kind === 'boolean' ? '[true|false]' : `<${kind}>`;
};

/** A field as a help text shows it: the option with its value, and what there is to know. */
export const fieldShown = (field: Field): [string, string] => {
  const { path, open, list, required, byDefault, about, oneOf } = field;
  const option = open ? `${optionOf(path)}.<name> <value>` : `${optionOf(path)} ${valueShown(field)}`;
  const known = [
    required ? 'needed' : undefined,
    byDefault === undefined ? undefined : `else ${byDefault}`,
    list ? 'may be repeated' : undefined,
    path[0] === 'id' ? 'sending twice under one id does it once' : about,
    oneOf.length > 5 ? `one of ${oneOf.join(', ')}` : undefined,
  ];
  return [option, known.filter((words) => words !== undefined).join('; ')];
};

/** A command's fields on one line: `--whom <text> [--reason <text>]`; a group of fields as one. */
export const usageOf = (fields: readonly Field[]): string => {
  const shown = fields
    .filter(({ path }) => path[0] !== 'id')
    .map((field) => {
      if (field.path.length > 1) return `--${field.path[0] ?? ''}.<name> <value> …`;
      const [option] = fieldShown(field);
      return field.required ? option : `[${option}]`;
    });
  return [...new Set(shown)].join(' ');
};
