import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** The modules of ours whose values a module uses; types leave nothing behind. */
const importedBy = (path: string): string[] =>
  [...textOf(path).matchAll(/^import \{([^}]*)\} from '(\.[^']*)\.js';$/gm)].flatMap(([, names = '', from = '']) =>
    names.split(',').some((name) => name.trim() !== '' && !name.trim().startsWith('type '))
      ? [`${normalize(join(path, '..', from))}.ts`]
      : [],
  );

const madeOfSchemas = (path: string): boolean => textOf(path).includes("from 'zod'");

/** Every module that a schema is made of which a running crisis parses with. */
const schemasUnder = (path: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(path) || !madeOfSchemas(path)) return seen;
  seen.add(path);
  for (const other of importedBy(path)) schemasUnder(other, seen);
  return seen;
};

test('no schema of a command is frozen before it has parsed once, since it could then never finish itself', () => {
  const preloaded = textOf('src/workflows/preloaded.ts');
  const kept = [...preloaded.matchAll(/^import \* as \w+ from '\.\.\/(.*)\.js';$/gm)].map(
    ([, path]) => `src/${path}.ts`,
  );

  expect([...schemasUnder('src/domain/command.ts')].filter((path) => !kept.includes(path))).toEqual([]);
});
