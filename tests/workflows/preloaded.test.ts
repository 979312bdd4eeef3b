import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const preloaded = resolve('src/workflows/preloaded.ts');
const sourceOf = (from: string, specifier: string): string => join(dirname(from), specifier).replace(/\.js$/, '.ts');

/** Every file that comes with the preloaded ones; types are gone by then. */
const loadedBy = (file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)(?! type)[^;]*?from '(\.[^']+)'|^import '(\.[^']+)'/gms,
  );
  for (const [, named, bare] of imports) loadedBy(sourceOf(file, named ?? bare ?? ''), seen);
  return seen;
};

const holdsSchema = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('_zod' in value || (depth < 3 && Object.values(value).some((part) => holdsSchema(part, depth + 1))));

test('no schema that a command is read by is frozen before it has finished itself', async () => {
  const kept = [...readFileSync(preloaded, 'utf8').matchAll(/import \* as \w+ from '([^']+)'/g)].map(([, specifier]) =>
    sourceOf(preloaded, specifier ?? ''),
  );
  const frozen: string[] = [];
  for (const file of loadedBy(preloaded)) {
    if (file === preloaded || kept.includes(file)) continue;
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    if (Object.values(module).some((value) => holdsSchema(value))) frozen.push(relative('.', file));
  }

  expect(frozen).toEqual([]);
  expect(kept.length).toBeGreaterThan(10);
});
