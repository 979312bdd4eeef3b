import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seenPage } from '../../src/api/seenPage.js';

test('whatever is hidden, a page is as long as it would be if there were only what may be seen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (shown, limit) => {
        const rows = shown.map((isShown, id) => ({ id, isShown }));
        const page = await seenPage(
          limit,
          (most) => Promise.resolve(rows.slice(0, most)),
          (asked) => Promise.resolve(asked.filter(({ isShown }) => isShown)),
        );
        expect(page).toEqual(rows.filter(({ isShown }) => isShown).slice(0, limit));
      },
    ),
  );
});
