import { misused } from '../../output/fault.js';
import type { Field } from './fields.js';

const words: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

/** Reads a text of the command line as what a field expects. Throws, naming the option, what was expected and what came. */
export const valueOf = (option: string, { kind, oneOf }: Pick<Field, 'kind' | 'oneOf'>, text: string): unknown => {
  const expected = (what: string) => misused(`${option}: expected ${what}; got "${text}"`);
  if (kind === 'number') {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw expected('a number');
    return Number(text);
  }
  if (kind === 'boolean') {
    const said = Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
    if (said === undefined) throw expected('true or false');
    return said;
  }
  if (oneOf.length > 0 && !oneOf.includes(text)) throw expected(`one of ${oneOf.join(', ')}`);
  return text;
};
