import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createGroupCommit } from '../../src/client/groupCommit.js';

afterEach(() => void jest.useRealTimers());

const lane = (
  { items = 100, bytes = 1_000 },
  send: (sent: readonly string[]) => Promise<void> = () => Promise.resolve(),
) => {
  const messages: string[][] = [];
  const commit = createGroupCommit<string>(
    async (_, sent) => {
      messages.push([...sent]);
      await send(sent);
    },
    { items, bytes, bytesOf: ({ length }) => length },
  );
  return { messages, all: (...texts: string[]) => Promise.allSettled(texts.map((text) => commit('one', text))) };
};

test('the first goes at once, and what comes meanwhile goes together', async () => {
  const { messages, all } = lane({});
  await all('a', 'b', 'c');
  expect(messages).toEqual([['a'], ['b', 'c']]);
});

test('a message is bounded by number and by bytes, and what is too large alone goes alone', async () => {
  const byNumber = lane({ items: 2 });
  await byNumber.all('a', 'b', 'c', 'd');
  expect(byNumber.messages).toEqual([['a'], ['b', 'c'], ['d']]);

  const byBytes = lane({ bytes: 4 });
  await byBytes.all('a', 'bb', 'cc', 'dddddd', 'e');
  expect(byBytes.messages).toEqual([['a'], ['bb', 'cc'], ['dddddd'], ['e']]);
});

test('a message that is lost is told to those who sent it, and the next one goes on', async () => {
  const { all } = lane({ items: 1 }, ([text]) =>
    text === 'b' ? Promise.reject(new Error('gone')) : Promise.resolve(),
  );
  expect((await all('a', 'b', 'c')).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('those who come back one after the other go together, though all of them need longer than one has', async () => {
  const messages: string[][] = [];
  const takesMs = 40;
  const commit = createGroupCommit<string>(
    async (_, sent) => {
      messages.push([...sent]);
      await sleep(takesMs);
    },
    { items: 100, bytes: 1_000, bytesOf: ({ length }) => length },
  );
  // 20 ms of patience for each, and 22 ms until the last of them is there.
  const back = async (text: string, afterMs: number): Promise<void> => {
    await commit('one', text);
    await sleep(afterMs);
    await commit('one', text);
  };
  await Promise.all([commit('one', 'first'), back('a', 5), back('b', 10), back('c', 14), back('d', 22)]);
  expect(messages.map((sent) => sent.length)).toEqual([1, 4, 4]);
});

test('those who come back late, all at once, go together, and none of them before the others', async () => {
  jest.useFakeTimers();
  const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const messages: string[][] = [];
  const commit = createGroupCommit<string>(
    async (_, sent) => {
      messages.push([...sent]);
      await after(2);
    },
    { items: 100, bytes: 1_000, bytesOf: ({ length }) => length },
  );
  // To answer all of them takes longer than their message took.
  const back = async (text: string): Promise<void> => {
    await commit('one', text);
    await after(8);
    await commit('one', text);
  };
  const all = Promise.all([commit('one', 'first'), back('a'), back('b'), back('c')]);
  await jest.advanceTimersByTimeAsync(100);
  await all;
  expect(messages.map((sent) => sent.length)).toEqual([1, 3, 3]);
});
