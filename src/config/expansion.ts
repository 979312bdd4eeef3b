import { visit, type Document, type Node } from 'yaml';
import type { Variables } from './environment.js';

/** `${env:NAME}`, or `${env:NAME:-what stands for it}`. */
const reference = /\$\{env:([A-Za-z_]\w*)(?::-([^}]*))?\}/g;
const begun = /\$\{env:/g;

export type Expansion = {
  faults: { node: Node; message: string }[];
  /** What was filled in, with what had stood there. */
  written: ReadonlyMap<Node, string>;
};

/**
 * Fills references to the environment into the texts of a document, in place. What is not set, or set to nothing, is a
 * fault unless a default stands with it. Keys stay as they are.
 */
export const expand = (document: Document, env: Variables): Expansion => {
  const faults: Expansion['faults'] = [];
  const written = new Map<Node, string>();
  visit(document, {
    Scalar(key, node) {
      const text = node.value;
      if (key === 'key' || typeof text !== 'string' || !text.includes('${env:')) return;
      if (text.match(begun)?.length !== text.match(reference)?.length)
        faults.push({ node, message: 'expected ${env:NAME} or ${env:NAME:-default}' });
      node.value = text.replace(reference, (_, name: string, byDefault: string | undefined) => {
        const found = env[name] || byDefault;
        if (found === undefined) faults.push({ node, message: `the environment variable ${name} is not set` });
        return found ?? '';
      });
      written.set(node, text);
    },
  });
  return { faults, written };
};

/** A text from the environment as the number or boolean that is expected in its place, if it is one. */
export const converted = (text: unknown, expected: unknown): number | boolean | undefined => {
  if (typeof text !== 'string') return undefined;
  if (expected === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = (expected === 'number' || expected === 'int') && /^-?\d+(\.\d+)?$/.test(text);
  return isNumber ? Number(text) : undefined;
};
