import { expect, test } from '@jest/globals';
import { createGroupCommit } from '../../src/client/groupCommit.js';

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
