import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

export type Thing = {
  metadata: {
    name: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    labels?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  status?: unknown;
} & Record<string, unknown>;

/** An answer of the API server that is no success. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const plain = ({ metadata: { resourceVersion: _, ...metadata }, ...rest }: Thing): unknown =>
  JSON.parse(JSON.stringify({ ...rest, metadata }));

/** What an API server keeps in its store, by the path of each collection; with the rules that it has for all kinds of things. */
export const createThings = () => {
  const collections = new Map<string, Map<string, Thing>>();
  let version = 1;
  const of = (collection: string): Map<string, Thing> =>
    collections.get(collection) ?? collections.set(collection, new Map()).get(collection) ?? new Map<string, Thing>();
  const nameOf = (collection: string): string => collection.split('/').at(-1) ?? '';

  const get = (collection: string, name: string): Thing => {
    const thing = of(collection).get(name);
    if (!thing) throw new Refused(404, 'NotFound', `${nameOf(collection)} "${name}" not found`);
    return thing;
  };
  const put = (collection: string, thing: Thing): Thing => {
    const before = of(collection).get(thing.metadata.name);
    // Nothing is written where nothing changes.
    if (before && isDeepStrictEqual(plain(before), plain(thing))) return before;
    version += 1;
    const kept = { ...thing, metadata: { ...thing.metadata, resourceVersion: String(version) } };
    of(collection).set(thing.metadata.name, kept);
    return kept;
  };

  return {
    get,
    list: (collection: string, labels: readonly [string, string][]): Thing[] =>
      [...of(collection).values()].filter(({ metadata }) =>
        labels.every(([key, value]) => metadata.labels?.[key] === value),
      ),
    create: (collection: string, thing: Thing): Thing => {
      const { name } = thing.metadata;
      if (of(collection).has(name))
        throw new Refused(409, 'AlreadyExists', `${nameOf(collection)} "${name}" already exists`);
      return put(collection, { ...thing, metadata: { ...thing.metadata, uid: randomUUID(), generation: 1 } });
    },
    /** Refused when it is written over something newer; a change of what is wanted makes another generation. */
    replace: (collection: string, name: string, thing: Thing, part: 'status' | 'rest'): Thing => {
      const before = get(collection, name);
      const { resourceVersion = before.metadata.resourceVersion } = thing.metadata;
      if (resourceVersion !== before.metadata.resourceVersion)
        throw new Refused(409, 'Conflict', `${nameOf(collection)} "${name}": the object has been modified`);
      if (part === 'status') return put(collection, { ...before, status: thing.status });
      const { uid, generation = 1 } = before.metadata;
      const changed = !isDeepStrictEqual(before.spec, thing.spec);
      const metadata = { ...thing.metadata, name, generation: generation + Number(changed), ...(uid && { uid }) };
      const { status: _, ...rest } = thing;
      return put(collection, { ...rest, metadata, ...(before.status !== undefined && { status: before.status }) });
    },
    remove: (collection: string, name: string, uid?: string): void => {
      const { metadata } = get(collection, name);
      if (uid !== undefined && uid !== metadata.uid)
        throw new Refused(409, 'Conflict', `the UID is ${metadata.uid ?? ''}`);
      of(collection).delete(name);
    },
  };
};
