import { expect, test } from '@jest/globals';
import { createPrecedence } from '../../src/activities/precedence.js';

/** Something that ends when it is told to. */
const pending = () => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
};

test('a message begins when the pages of its worker are out', async () => {
  const { paging, yieldingToPages } = createPrecedence();
  const begun: string[] = [];
  const [first, second] = [pending(), pending()];
  const pages = [paging(() => first.ended), paging(() => second.ended)];
  const message = yieldingToPages(() => Promise.resolve(begun.push('message')));

  first.end();
  await pages[0];
  expect(begun).toEqual([]);
  second.end();
  await message;

  expect(begun).toEqual(['message']);
});

test('a page that hangs, or fails, holds nothing back for long', async () => {
  const { paging, yieldingToPages } = createPrecedence();
  const hanging = pending();
  const page = paging(() => hanging.ended);

  expect(await yieldingToPages(() => Promise.resolve('told'))).toBe('told');
  hanging.end();
  await page;
  await expect(paging(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');

  expect(await yieldingToPages(() => Promise.resolve('told again'))).toBe('told again');
});
