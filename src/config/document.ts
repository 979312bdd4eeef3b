import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

export type Path = readonly (string | number)[];
export type Position = { line: number; column: number };

/** Where a path leads in the file: the key and the value it ends at, or the last key on the way that is there. */
type Place = { key: Node | undefined; value: Node | undefined; whole: boolean };

const keyIs = (key: unknown, name: string | number) =>
  (isScalar(key) ? String(key.value) : String(key)) === String(name);
const nodeOf = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

const follow = (document: Document, path: Path): Place => {
  let value = nodeOf(document.contents);
  let key: Node | undefined;
  for (const part of path) {
    const here = isAlias(value) ? value.resolve(document) : value;
    if (isMap(here)) {
      const pair = here.items.find((each) => keyIs(each.key, part));
      if (!pair) return { key, value, whole: false };
      key = nodeOf(pair.key);
      value = nodeOf(pair.value);
    } else if (isSeq(here) && here.items[Number(part)] !== undefined) {
      value = nodeOf(here.items[Number(part)]);
      key = value;
    } else return { key, value, whole: false };
  }
  return { key, value, whole: true };
};

/** A YAML text that knows where each of its values stands. Lines and columns count from one. */
export const readDocument = (text: string) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });

  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };

  return {
    document,
    /** What is not YAML, or not safe to read as such. */
    faults: [...document.errors, ...document.warnings].map(({ pos, message }) => ({ ...positionAt(pos[0]), message })),
    nodeAt: (path: Path): Node | undefined => {
      const { value, whole } = follow(document, path);
      return whole ? value : undefined;
    },
    /** Where to look for a fault: at a single value itself, at a section's key, or above what is missing. */
    locate(path: Path, part: 'key' | 'value' = 'value'): Position {
      const { key, value, whole } = follow(document, path);
      const node = whole && part === 'value' && isScalar(value) ? value : (key ?? value);
      return positionAt(node?.range?.[0] ?? 0);
    },
    positionOf: (node: Node): Position => positionAt(node.range?.[0] ?? 0),
    /** The plain data; refused when aliases would blow it up. */
    plain(): { data: unknown } | { problem: string } {
      try {
        return { data: document.toJS({ maxAliasCount: 100 }) as unknown };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) };
      }
    },
  };
};
export type LocatedDocument = ReturnType<typeof readDocument>;
