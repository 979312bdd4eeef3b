import { Facts } from '../../../src/domain/facts.js';
import { nearest } from '../../../src/domain/nearest.js';
import { misused } from '../../output/fault.js';
import { fieldsOf } from './fields.js';
import { matching } from './option.js';
import { valueOf } from './value.js';

const fields = fieldsOf(Facts);
const names = fields.map(({ path }) => path.join('.'));

/** Reads `name=value` texts as facts; a name alone is true, and one given again makes a list. */
export const factsOf = (said: readonly string[]): Facts => {
  const facts: Record<string, unknown> = {};
  for (const each of said) {
    const [name = '', ...rest] = each.split('=');
    const match = matching(fields, name);
    if (!match) {
      const meant = nearest(name, names);
      throw misused(
        `--fact: "${name}" is not known${meant === undefined ? `; there are ${names.join(', ')}` : `; did you mean ${meant}?`}`,
      );
    }
    const { field } = match;
    if (rest.length === 0 && field.kind !== 'boolean')
      throw misused(`--fact ${name}: expected ${name}=<${field.kind}>`);
    const value = valueOf(`--fact ${name}`, field, rest.length > 0 ? rest.join('=') : 'true');
    const key = field.path.join('.');
    facts[key] = field.list ? [...((facts[key] as unknown[] | undefined) ?? []), value] : value;
  }
  const parsed = Facts.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw misused(
    parsed.error.issues
      .map(({ path, message }) => `--fact ${path.join('.')}: ${message}; got ${JSON.stringify(facts[String(path[0])])}`)
      .join('\n'),
  );
};
