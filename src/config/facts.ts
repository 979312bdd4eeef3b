import { factNames } from '../domain/facts.js';
import { nearest } from '../domain/nearest.js';
import type { Path } from './document.js';
import { valueAt, type SchemaFault } from './issues.js';

/** Where the configuration states facts. Alerts may bring any; here a misspelt one would never be heard of again. */
const placesOf = (data: unknown): Path[] => {
  const keys = (path: Path) => Object.keys(valueAt(data, path) ?? {});
  return [
    ...keys(['services']).map((id) => ['services', id, 'healthCheck', 'facts']),
    ...keys(['facts']).map((index) => ['facts', Number(index), 'facts']),
  ];
};

/** Facts that the matrix does not know. */
export const unknownFacts = (data: unknown): SchemaFault[] =>
  placesOf(data).flatMap((path) => {
    const stated = valueAt(data, path);
    if (typeof stated !== 'object' || stated === null) return [];
    return Object.keys(stated)
      .filter((name) => !factNames.some((known) => known === name))
      .map((name) => {
        const near = nearest(name, factNames);
        const hint = near === undefined ? '' : `; did you mean "${near}"?`;
        return { path: [...path, name], part: 'key' as const, message: `there is no fact "${name}"${hint}` };
      });
  });
