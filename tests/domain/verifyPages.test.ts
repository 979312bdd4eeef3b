import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { seal, type ChainRules, type Sealed } from '../../src/domain/chain.js';
import { verifyChain } from '../../src/domain/verifyChain.js';
import { verifyPages } from '../../src/domain/verifyPages.js';

const rules: ChainRules = { name: 'night', hash: (text) => createHash('sha256').update(text).digest('hex') };

const chainOf = (length: number): Sealed<string>[] =>
  Array.from({ length }).reduce<Sealed<string>[]>(
    (chain, _, nth) => [...chain, seal(rules, chain.at(-1), `entry ${nth}`)],
    [],
  );

async function* inPages(chain: readonly Sealed<string>[], size: number): AsyncGenerator<Sealed<string>[]> {
  for (let from = 0; from < chain.length; from += size) yield await Promise.resolve(chain.slice(from, from + size));
}

const anchorAt = (chain: readonly Sealed<string>[], at: number) => {
  const { seq, hash } = chain.at(at) ?? { seq: -1, hash: '' };
  return { seq, hash };
};

const cases = fc.record({
  length: fc.integer({ min: 3, max: 30 }),
  size: fc.integer({ min: 1, max: 9 }),
  at: fc.nat(),
});

test('a chain that nobody touched verifies in pages of any size, and says where it ends', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ length, size }) => {
      const chain = chainOf(length);
      const last = anchorAt(chain, -1);
      expect(await verifyPages(rules, inPages(chain, size), [last, anchorAt(chain, 1)])).toEqual({
        entries: length,
        faults: [],
        faultsFound: 0,
        last,
      });
    }),
  );
});

/** What somebody may do to an entry and to those beside it. */
const tamperings: Record<string, (chain: Sealed<string>[], at: number) => Sealed<string>[]> = {
  changed: (chain, at) => chain.map((item, index) => (index === at ? { ...item, entry: 'something else' } : item)),
  removed: (chain, at) => chain.filter((_, index) => index !== at),
  'sealed anew': (chain, at) =>
    chain.map((item, index) => (index === at ? seal(rules, chain[at - 1], 'something else') : item)),
  'removed to the end': (chain, at) => chain.slice(0, at),
};

test.each(Object.keys(tamperings))('what was %s is found as in the chain as a whole', async (how) => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ length, size, at }) => {
      const chain = chainOf(length);
      // The last entry is known from elsewhere; what stands before it is not.
      const anchors = [anchorAt(chain, -1)];
      const tampered = tamperings[how]?.(chain, at % (length - 1)) ?? [];
      const { faults } = await verifyPages(rules, inPages(tampered, size), anchors);
      const named = (list: { kind: string; seq: number }[]) => list.map(({ kind, seq }) => `${kind} ${seq}`).sort();
      expect(named(faults)).toEqual(named(verifyChain(rules, tampered, anchors)));
    }),
  );
});

test('a number forged far away costs one sentence', async () => {
  const chain = chainOf(5).map((item, index) => (index === 4 ? { ...item, seq: 2_000_000_000, entry: 'x' } : item));
  const { faults, faultsFound } = await verifyPages(rules, inPages(chain, 2));
  expect(faultsFound).toBeLessThan(200);
  expect(faults.at(-2)?.why).toMatch(/it is missing, and \d+ after it$/);
});

test('faults past all reading are counted', async () => {
  const chain = chainOf(3_000).map((item) => ({ ...item, entry: 'x' }));
  const { faults, faultsFound } = await verifyPages(rules, inPages(chain, 100));
  expect(faults).toHaveLength(1_000);
  expect(faultsFound).toBe(3_000);
});
