import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VFile } from 'vfile';
import { matter } from 'vfile-matter';
import { isNode, LineCounter, parseDocument, YAMLParseError } from 'yaml';
import { Runbook, RunbookMatter } from '../domain/runbook.js';

/** What is wrong with a runbook, and where. `line` counts from one. */
export type Fault = { file: string; line: number; message: string };

type Read = { runbook: Runbook; line: number } | { faults: Fault[] };

type Environment = Readonly<Record<string, string | undefined>>;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The line of the file on which the value at a path, or the nearest thing above it, stands. */
const createLocator = (front: string) => {
  const lines = new LineCounter();
  const document = parseDocument(front, { lineCounter: lines });
  return (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      // One more for the line of dashes above.
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line + 1;
    }
    return 1;
  };
};

/** Fills each `${env:NAME}`, as in the configuration; a name that is not set is an error that says so. */
const filled = (value: unknown, environment: Environment): unknown => {
  if (typeof value === 'string')
    return value.replace(/\$\{env:(\w+)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found === undefined) throw new Error(`the environment variable ${name} is not set`);
      return found;
    });
  if (Array.isArray(value)) return value.map((each) => filled(each, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, environment)]));
};

const readOne = (file: string, environment: Environment): Read => {
  const fault = (line: number, message: string): Read => ({ faults: [{ file, line, message }] });
  try {
    const source = readFileSync(file, 'utf8');
    const page = new VFile({ path: file, value: source });
    matter(page, { strip: true });
    const text = String(page).trim();
    const front = source.slice(source.indexOf('\n') + 1);
    if (!/^---\r?\n/.test(source) || String(page) === source)
      return fault(1, 'expected YAML front matter between two lines of ---');

    const lineOf = createLocator(front.slice(0, front.search(/^---\s*$/m)));
    const parsed = RunbookMatter.safeParse(filled(page.data.matter, environment));
    if (parsed.success) return { runbook: { ...parsed.data, text }, line: lineOf(['id']) };
    return {
      faults: parsed.error.issues.map(({ path, message }) => ({
        file,
        line: lineOf(path),
        message: path.length > 0 ? `${path.join('.')}: ${message}` : message,
      })),
    };
  } catch (error) {
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 0) + 1 : 1;
    return fault(line, wordsOf(error).split('\n')[0] ?? '');
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
