import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// Fails when a document names a file of ours that is not there: documents that point to nothing are worse than none.
const folders = 'src|scripts|tests|docs|examples|deploy|bench';
const ours = new RegExp(`^(?:${folders})/[\\w./@-]+$`);

/** One place where a document points to nothing. */
export type Fault = { file: string; line: number; path: string };

/** What a line of Markdown names as a path of ours, in backticks or as the target of a link, relative to the root. */
function named(line: string, file: string): string[] {
  const ticked = [...line.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => text.split(/\s+/));
  const linked = [...line.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => join(dirname(file), target));
  return [
    ...ticked.map(bare).filter((path) => ours.test(path)),
    ...linked.map(bare).filter((path) => !path.startsWith('..')),
  ];
}

/** Without the anchor of a link, the line after a colon, or the full stop that ends a sentence. */
const bare = (path: string): string =>
  path
    .replace(/#.*$/, '')
    .replace(/:\d+(?:[-:]\d+)?$/, '')
    .replace(/[.,;:]+$/, '');

/** Every path that the documents under `root` name and that does not exist there. */
export function findFaults(root: string, files: readonly string[]): Fault[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, i) =>
        named(line, file)
          .filter((path) => path !== '' && !existsSync(join(root, path)))
          .map((path) => ({ file, line: i + 1, path })),
      ),
  );
}

/** The documents that are checked, relative to the root: those at the top that exist, and all of `docs`. */
export function documents(root: string): string[] {
  const top = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((file) => existsSync(join(root, file)));
  const docs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    : [];
  return [...top, ...docs.filter((file) => file.endsWith('.md')).map((file) => join('docs', file))];
}

if (process.argv[1] === import.meta.filename) {
  const root = resolve(import.meta.dirname, '..', '..');
  const faults = findFaults(root, documents(root));
  for (const { file, line, path } of faults) console.error(`${file}:${line} names ${path}, which does not exist`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
