import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { isMap, isNode, isScalar, LineCounter, parseDocument, YAMLParseError } from 'yaml';
import { Runbook, RunbookMatter } from '../domain/runbook.js';

/** What is wrong with a runbook, and where. `line` counts from one. */
export type Fault = { file: string; line: number; message: string };

type Read = { runbook: Runbook; line: number } | { faults: Fault[] };

type Environment = Readonly<Record<string, string | undefined>>;

const wordsOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));

type Path = readonly PropertyKey[];

/** The line of the file on which the key or item at a path, or the nearest thing above it, stands. */
const createLocator = (front: string) => {
  const lines = new LineCounter();
  const document = parseDocument(front, { lineCounter: lines });
  const startOf = (path: Path): number | undefined => {
    const above = document.getIn(path.slice(0, -1), true);
    const pair = isMap(above) ? above.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    const node = pair ? pair.key : document.getIn(path, true);
    return isNode(node) ? node.range?.[0] : undefined;
  };
  return (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const start = startOf(path.slice(0, length));
      // One more for the line of dashes above.
      if (start !== undefined) return lines.linePos(start).line + 1;
    }
    return 1;
  };
};

type Unset = { path: Path; name: string };

/** Fills each `${env:NAME}`, as in the configuration, and notes the names that are not set. */
const filled = (value: unknown, environment: Environment, unset: Unset[], path: Path = []): unknown => {
  const inside = (key: string | number, each: unknown) => filled(each, environment, unset, [...path, key]);
  if (typeof value === 'string')
    return value.replace(/\$\{env:(\w+)\}/g, (written, name: string) => {
      const found = environment[name];
      if (found === undefined) unset.push({ path, name });
      return found ?? written;
    });
  if (Array.isArray(value)) return value.map((each, index) => inside(index, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(key, each)]));
};

/** Where the front matter ends and the text begins; undefined when there is none. */
const split = (file: string, source: string): { front: string; matter: unknown; text: string } | undefined => {
  const page = new VFile({ path: file, value: source });
  matter(page, { strip: true });
  const text = String(page);
  const front = source.slice(0, source.length - text.length);
  if (front === '') return undefined;
  const inside = front.replace(/^---\r?\n/, '').replace(/---\s*$/, '');
  return { front: inside, matter: page.data.matter, text };
};

const readOne = (file: string, environment: Environment): Read => {
  const fault = (line: number, message: string): Fault => ({ file, line, message });
  try {
    const parts = split(file, readFileSync(file, 'utf8'));
    if (!parts) return { faults: [fault(1, 'expected YAML front matter between two lines of ---')] };
    const unset: Unset[] = [];
    const lineOf = createLocator(parts.front);
    const at = (path: Path, message: string): Fault =>
      fault(lineOf(path), [path.join('.'), message].filter(Boolean).join(': '));

    const parsed = RunbookMatter.safeParse(filled(parts.matter, environment, unset));
    const faults = unset.map(({ path, name }) => at(path, `the environment variable ${name} is not set`));
    if (!parsed.success)
      return { faults: [...faults, ...parsed.error.issues.map(({ path, message }) => at(path, message))] };
    if (faults.length > 0) return { faults };
    return { runbook: { ...parsed.data, text: parts.text.trim() }, line: lineOf(['id']) };
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 0) + 1 : 1;
    return { faults: [fault(line, wordsOf(error).split('\n')[0] ?? '')] };
  }
};

const pagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => join(folder, name));

/** Reads every Markdown runbook of a folder. What is wrong is named with its file and line; the sound ones are there all the same. */
export const readRunbooks = (
  folder: string,
  environment: Environment = process.env,
): { runbooks: Runbook[]; faults: Fault[] } => {
  const runbooks = new Map<string, Runbook>();
  const faults: Fault[] = [];
  try {
    for (const file of pagesIn(folder)) {
      const read = readOne(file, environment);
      if ('faults' in read) faults.push(...read.faults);
      else if (runbooks.has(read.runbook.id))
        faults.push({ file, line: read.line, message: `id: another runbook is called ${read.runbook.id}` });
      else runbooks.set(read.runbook.id, read.runbook);
    }
  } catch (error) {
    faults.push({ file: folder, line: 1, message: wordsOf(error) });
  }
  return { runbooks: [...runbooks.values()], faults };
};
