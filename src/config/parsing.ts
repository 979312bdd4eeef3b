import type { z } from 'zod';
import { Settings } from '../domain/settings.js';
import type { LocatedDocument, Path } from './document.js';
import { converted, type Expansion } from './expansion.js';
import { schemaFaults, valueAt, type SchemaFault, type Show } from './issues.js';

type Issue = z.core.$ZodIssue;

const secretNames: ReadonlySet<unknown> = new Set(['password', 'authToken', 'secret']);

/** Shows what came, but nothing that may be secret: what is named so, or comes from the environment. */
const createShow =
  ({ nodeAt }: LocatedDocument, { written }: Expansion): Show =>
  (path, value) => {
    const node = nodeAt(path);
    const from = node && written.get(node);
    if (value === undefined) return 'it is missing';
    if (value === null) return 'got nothing';
    if (from !== undefined) return `got what ${from} stands for`;
    if (secretNames.has(path.at(-1))) return 'got something else';
    if (Array.isArray(value)) return 'got a list';
    if (typeof value === 'object') return 'got a section';
    const text = JSON.stringify(value);
    return `got ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
  };

const set = (data: unknown, path: Path, value: unknown): void => {
  const parent = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent === 'object' && parent !== null && last !== undefined) Reflect.set(parent, last, value);
};

/**
 * Parses the settings. The environment only knows texts: where a number or a boolean is expected, a text that came from
 * there is read as one. `data` is changed accordingly.
 */
export const parseSettings = (
  data: unknown,
  document: LocatedDocument,
  expansion: Expansion,
): { settings: Settings } | { faults: SchemaFault[] } => {
  const convert = (issue: Issue): boolean => {
    const path = issue.path as Path;
    const node = document.nodeAt(path);
    if (issue.code !== 'invalid_type' || !node || !expansion.written.has(node)) return false;
    const value = converted(valueAt(data, path), issue.expected);
    if (value !== undefined) set(data, path, value);
    return value !== undefined;
  };

  const first = Settings.safeParse(data);
  const again = first.error?.issues.map(convert).some(Boolean) ? Settings.safeParse(data) : first;
  if (again.success) return { settings: again.data };
  const show = createShow(document, expansion);
  const faults = again.error.issues.flatMap((issue) => schemaFaults(issue, data, show));
  // What could not be filled in is said already; what came of it need not be said as well.
  const unfilled = new Set(expansion.faults.map(({ node }) => node));
  return { faults: faults.filter(({ path }) => ![document.nodeAt(path)].some((node) => node && unfilled.has(node))) };
};
