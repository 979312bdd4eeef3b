import { readFile } from 'node:fs/promises';
import { readDocument } from '../../src/config/document.js';
import { schemaFaults, valueAt, type Show } from '../../src/config/issues.js';
import { Scenario } from '../../src/domain/scenario.js';
import { misused } from '../output/fault.js';
import { unreadable } from './unreadable.js';

const show: Show = (_path, value) => {
  if (value === undefined) return 'it is missing';
  if (Array.isArray(value)) return 'got a list';
  return typeof value === 'object' ? 'got a section' : `got ${JSON.stringify(value).slice(0, 80)}`;
};

/** The keys that the configuration knows at this place are not those of a scenario. */
const inScenario = (message: string): string => message.replace(/^(there is no setting "[^"]*").*$/, '$1 here');

/** Reads a scenario; every fault in it is told with its line. */
export const readScenario = async (file: string): Promise<Scenario> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw misused(`${file}: ${unreadable(error)}`);
  });
  const document = readDocument(text);
  const [broken] = document.faults;
  if (broken) throw misused(`${file}:${broken.line}:${broken.column} ${broken.message}`);
  const plain = document.plain();
  if ('problem' in plain) throw misused(`${file}: ${plain.problem}`);
  const parsed = Scenario.safeParse(plain.data);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .flatMap((issue) => schemaFaults(issue, plain.data, show))
    .map(({ path, part, message }) => {
      const { line, column } = document.locate(path, part);
      const there = valueAt(plain.data, path) === undefined ? path.at(-1) : undefined;
      return `${file}:${line}:${column} ${path.join('.') || 'the scenario'}: ${there === undefined ? inScenario(message) : message}`;
    });
  throw misused([`${file} is no scenario that can be rehearsed:`, ...faults].join('\n'), { faults });
};
