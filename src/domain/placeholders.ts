import type { Action, ParameterValues } from './action.js';

const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/**
 * A text with each `{{name}}` replaced by that parameter, in one pass: a value that itself looks like a placeholder stays
 * as it is. `escape` makes a value safe for where it stands. A name without a value is left as written.
 */
export const fill = (text: string, values: ParameterValues, escape: (value: string) => string = (value) => value) =>
  text.replace(placeholder, (written, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? written : escape(String(value));
  });

const namesIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name]) => name ?? '');

/** Every text in something made of objects, lists and plain values; the keys are not among them. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** The same thing with every text in it filled. */
export const fillAll = <Thing>(thing: Thing, values: ParameterValues): Thing =>
  JSON.parse(
    JSON.stringify(thing, (_, value: unknown) => (typeof value === 'string' ? fill(value, values) : value)),
  ) as Thing;

const textsOf = (action: Action): string[] => {
  switch (action.kind) {
    case 'command':
      return action.argv;
    case 'http':
      return [action.url, action.body ?? '', ...Object.values(action.headers)];
    case 'postgres':
      // Nothing of it is put together from texts.
      return [];
    case 'temporal':
      return action.args.filter((argument) => typeof argument === 'string');
    case 'github':
    case 'kubernetes':
      return textsIn(action.work);
    case 'collect':
      return action.take.flatMap((each) =>
        'argv' in each ? each.argv : ['path' in each ? each.path : each.reference],
      );
  }
};

const programsOf = (action: Action): string[] => {
  if (action.kind === 'command') return action.argv.slice(0, 1);
  return action.kind === 'collect' ? action.take.flatMap((each) => ('argv' in each ? each.argv.slice(0, 1) : [])) : [];
};

/** What is wrong with an action's placeholders, in words: one that no parameter fills, or one that would choose the program. */
export const placeholderFaults = (action: Action): string[] => {
  const faults = textsOf(action)
    .flatMap(namesIn)
    .filter((name) => !Object.hasOwn(action.parameters, name))
    .map((name) => `{{${name}}} stands for no parameter of this action`);
  const chosen = programsOf(action).some((program) => namesIn(program).length > 0);
  return chosen ? [...faults, 'argv.0: the program itself may not come from a parameter'] : faults;
};
