import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { admit, PageThrottle, type Admission, type PageAsked, type ThrottleState } from '../../src/domain/throttle.js';

type Asked = { page: PageAsked; at: number };
type Told = Asked & { admission: Admission };

/** A night of pages to one person, in the order of time. */
const nights: fc.Arbitrary<Asked[]> = fc
  .array(
    fc.record({
      crisis: fc.nat(8),
      way: fc.constantFrom('email ana@example.com', 'sms +4930123'),
      isP0: fc.boolean(),
      gone: fc.boolean(),
      afterMs: fc.oneof(fc.nat(300), fc.nat(90_000)),
    }),
    { maxLength: 120 },
  )
  .map((pages) => {
    let at = 0;
    return pages.map(({ crisis, afterMs, ...page }) => ({
      at: (at += afterMs),
      page: { ...page, crisisId: `c${crisis}` },
    }));
  });

const chosen = fc.record({
  pages: fc.integer({ min: 1, max: 6 }),
  withinMs: fc.integer({ min: 1_000, max: 120_000 }),
  firstP0: fc.constantFrom('perCrisis' as const, 'perWindow' as const),
});

const lived = (night: readonly Asked[], rules: PageThrottle): Told[] => {
  let state: ThrottleState = {};
  return night.map(({ page, at }) => {
    const { admission, state: next } = admit(state, page, rules, at);
    state = next;
    return { page, at, admission };
  });
};

const always = (holds: (told: Told[], rules: PageThrottle) => void) =>
  fc.assert(
    fc.property(nights, chosen, (night, wanted) => {
      const rules = PageThrottle.parse(wanted);
      holds(lived(night, rules), rules);
    }),
    { numRuns: 1_000 },
  );

test('the first P0 page to a person is never bundled, nor is that of any crisis unless so configured', () =>
  always((told, { firstP0 }) => {
    for (const way of new Set(told.map(({ page }) => page.way))) {
      const p0 = told.filter(({ page }) => page.way === way && page.isP0);
      const firsts = p0.filter(
        ({ page }, nth) => !p0.slice(0, nth).some((other) => other.page.crisisId === page.crisisId),
      );
      const mustBeFirst = firstP0 === 'perCrisis' ? firsts : firsts.slice(0, 1);
      expect(mustBeFirst.map(({ admission }) => admission)).toEqual(mustBeFirst.map(() => 'first'));
    }
  }));

test('within any window no more messages go alone than allowed, but for first P0 pages and those that had gone already', () =>
  always((told, { pages, withinMs }) => {
    const counted = told.filter(({ page, admission }) => admission === 'alone' && !page.gone);
    for (const { page, at } of counted) {
      const window = counted.filter(
        (other) => other.page.way === page.way && other.at > at - withinMs && other.at <= at,
      );
      expect(window.length).toBeLessThanOrEqual(pages);
    }
  }));

test('nothing is bundled unless as many messages went by the same way within the window', () =>
  always((told, { pages, withinMs }) => {
    for (const [nth, { page, at, admission }] of told.entries()) {
      if (admission !== 'bundled') continue;
      const before = told
        .slice(0, nth)
        .filter((other) => other.page.way === page.way && other.at > at - withinMs && other.admission !== 'bundled');
      expect(before.length).toBeGreaterThanOrEqual(pages);
    }
  }));

test('what is known stays bounded, however long the storm', () => {
  let state: ThrottleState = {};
  const rules = PageThrottle.parse({});
  for (let nth = 0; nth < 5_000; nth++) {
    const page = { crisisId: `c${nth}`, way: 'email ana@example.com', isP0: nth % 2 === 0 };
    state = admit(state, page, rules, nth * 100).state;
  }
  expect(JSON.stringify(state).length).toBeLessThan(20_000);
});

test('five pages go out one by one, what follows is bundled, and a first P0 page among it goes alone', () => {
  const asked = Array.from({ length: 11 }, (_, nth) => ({
    page: { crisisId: `c${nth}`, way: 'email ana@example.com', isP0: nth === 8 },
    at: 1_000 + nth,
  }));
  expect(lived(asked, PageThrottle.parse({})).map(({ admission }) => admission)).toEqual([
    ...Array.from({ length: 5 }, () => 'alone'),
    ...Array.from({ length: 3 }, () => 'bundled'),
    'first',
    ...Array.from({ length: 2 }, () => 'bundled'),
  ]);
});
