import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { canonical } from '../../src/domain/canonical.js';
import { seal, type ChainRules, type Sealed } from '../../src/domain/chain.js';
import { verifyChain } from '../../src/domain/verifyChain.js';

type Entry = { text: string; n: number };

const rules: ChainRules = { name: 'night', hash: (text) => createHash('sha256').update(text).digest('hex') };

const chainOf = (entries: readonly Entry[], by = rules): Sealed<Entry>[] =>
  entries.reduce<Sealed<Entry>[]>((chain, entry) => [...chain, seal(by, chain.at(-1), entry)], []);

/** Sealed again from some entry on, as somebody does who knows how and holds no key. */
const sealedFrom = (chain: readonly Sealed<Entry>[], from: number): Sealed<Entry>[] =>
  chain.reduce<Sealed<Entry>[]>(
    (built, item, index) => [...built, index < from ? item : seal(rules, built.at(-1), item.entry)],
    [],
  );

const entries = fc.array(fc.record({ text: fc.string(), n: fc.integer() }), { minLength: 2, maxLength: 12 });
/** A chain, one of its places, and an anchor at its end. */
const chains = entries.chain((given) =>
  fc.record({ chain: fc.constant(chainOf(given)), at: fc.nat(given.length - 1) }).map(({ chain, at }) => {
    const { seq, hash } = chain.at(-1)!;
    return { chain, at, anchors: [{ seq, hash }] };
  }),
);
const kinds = (chain: readonly Sealed<Entry>[], anchors?: { seq: number; hash: string }[]) =>
  verifyChain(rules, chain, anchors).map(({ kind, seq }) => `${kind} ${seq}`);
const other = (entry: Entry): Entry => ({ ...entry, text: `${entry.text}.` });

test('a chain that nobody touched verifies, also after its fields come back in another order', () => {
  fc.assert(
    fc.property(chains, ({ chain, anchors }) => {
      const reread = chain.map(({ entry, ...rest }) => ({ ...rest, entry: { n: entry.n, text: entry.text } }));
      expect(kinds(reread, anchors)).toEqual([]);
    }),
  );
  expect(kinds([])).toEqual([]);
});

test('a changed entry is named', () => {
  fc.assert(
    fc.property(chains, ({ chain, at }) => {
      const changed = chain.map((item, index) => (index === at ? { ...item, entry: other(item.entry) } : item));
      expect(kinds(changed)).toEqual([`changed ${at}`]);
    }),
  );
});

test('a changed entry that was sealed anew is named by the link it breaks', () => {
  fc.assert(
    fc.property(chains, ({ chain, at, anchors }) => {
      const forged = chain.map((item, index) => (index === at ? seal(rules, chain[at - 1], other(item.entry)) : item));
      expect(kinds(forged, anchors)).toEqual([`changed ${at}`]);
    }),
  );
});

test('a chain sealed anew from some entry on does not fit its anchor', () => {
  fc.assert(
    fc.property(chains, ({ chain, at, anchors }) => {
      const forged = sealedFrom(
        chain.map((item, index) => (index === at ? { ...item, entry: other(item.entry) } : item)),
        at,
      );
      expect(kinds(forged)).toEqual([]);
      expect(kinds(forged, anchors)).toEqual([`changed ${chain.length - 1}`]);
    }),
  );
});

test('a removed entry is named, at the end by the anchor', () => {
  fc.assert(
    fc.property(chains, ({ chain, at, anchors }) => {
      expect(kinds(chain.toSpliced(at, 1), anchors)).toEqual([`removed ${at}`]);
    }),
  );
});

test('a removed entry is named although those after it were numbered anew', () => {
  fc.assert(
    fc.property(chains, ({ chain, at, anchors }) => {
      const renumbered = chain.toSpliced(at, 1).map((item, seq) => ({ ...item, seq }));
      const moved = chain.slice(at + 1).map(({ seq }) => `reordered ${seq}`);
      expect(kinds(renumbered, anchors)).toEqual([`removed ${at}`, ...moved]);
    }),
  );
});

test('an inserted entry is named, whether or not it was sealed and the rest numbered anew', () => {
  fc.assert(
    fc.property(chains, fc.boolean(), ({ chain, at, anchors }, renumber) => {
      const forged = seal(rules, chain[at - 1], { text: 'never happened', n: -1 });
      const inserted = chain.toSpliced(at, 0, forged).map((item, seq) => (renumber ? { ...item, seq } : item));
      const moved = renumber ? chain.slice(at).map(({ seq }) => `reordered ${seq}`) : [];
      const found = kinds(inserted, anchors);
      expect(found).toContain(`inserted ${at}`);
      expect(found.filter((each) => each !== `inserted ${at}`)).toEqual(moved);
    }),
  );
});

test('entries that changed places are named, with their numbers or without', () => {
  fc.assert(
    fc.property(chains, fc.nat(), fc.boolean(), ({ chain, at, anchors }, far, renumber) => {
      const to = far % chain.length;
      fc.pre(to !== at);
      const swapped = chain
        .with(at, chain[to]!)
        .with(to, chain[at]!)
        .map((item, seq) => (renumber ? { ...item, seq } : item));
      const found = verifyChain(rules, swapped, anchors);
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['reordered']));
    }),
  );
});

test('an entry of another chain does not pass in this one', () => {
  const theirs = chainOf([{ text: 'theirs', n: 1 }], { ...rules, name: 'another' });

  expect(kinds(theirs)).toEqual(['changed 0']);
});

test('a keyed hash keeps those without the key from sealing', () => {
  const keyed: ChainRules = { ...rules, hash: (text) => rules.hash(`key ${text}`) };
  const forged = chainOf([{ text: 'forged', n: 1 }]);

  expect(verifyChain(keyed, forged)).toMatchObject([{ kind: 'changed', seq: 0 }]);
});

test('canonical text does not depend on the order of keys, and survives JSON', () => {
  expect(canonical({ b: [1, { d: null, c: undefined }], a: 'x"' })).toBe('{"a":"x\\"","b":[1,{"d":null}]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(JSON.parse(JSON.stringify(value)))).toBe(canonical(value));
    }),
  );
});

test.each([
  [{ a: { b: [1, NaN] } }, 'a.b[1] cannot be written canonically: expected a finite number, came NaN'],
  [{ a: new Date(0) }, 'a cannot be written canonically: expected plain data, came object'],
  [() => 1, 'the value cannot be written canonically: expected plain data, came function'],
])('what JSON cannot hold is refused with its place', (value, message) => {
  expect(() => canonical(value)).toThrow(message);
});
