import { expect, test } from '@jest/globals';
import type { Change } from '../../src/api/parts.js';
import { start } from './support/start.js';

/** Changes that the test tells of, and who listens to them. */
const changesHeard = () => {
  const listeners = new Set<(change: Change) => void>();
  const changes = {
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { listeners, changes };
};

test('a reader hears which crisis has changed, and closing the API ends its stream', async () => {
  const { listeners, changes } = changesHeard();
  const { api, address } = await start({ changes });
  const response = await fetch(`${address}/api/v1/stream`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');

  for (const tell of listeners) tell({ crisisId: 'cr-1', seq: 7 });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('cr-1')) heard += (await reader.read()).value ?? '';
  expect(heard).toContain('event: crisis\ndata: {"crisisId":"cr-1","seq":7}\n\n');

  await api.close();
  await reader.read().catch(() => undefined);
  expect(listeners.size).toBe(0);
});

test('without anything to watch there is no stream', async () => {
  const { get } = await start();
  expect((await get('/api/v1/stream')).statusCode).toBe(503);
});

test('a stream ends once the key that opened it is revoked', async () => {
  const { listeners, changes } = changesHeard();
  const key = { revoked: false };
  const actor = { holder: { kind: 'person', id: 'ana' }, key: 'k1', scopes: ['crises:read'] } as const;
  const authenticate = () => Promise.resolve(key.revoked ? ({ unproven: 'revoked' } as const) : { actor });
  const { address } = await start({ changes, authenticate });
  const response = await fetch(`${address}/api/v1/stream`, { headers: { authorization: 'Bearer a key' } });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();

  for (const tell of listeners) tell({ crisisId: 'cr-1', seq: 7 });
  let heard = '';
  while (!heard.includes('cr-1')) heard += (await reader.read()).value ?? '';
  key.revoked = true;
  for (const tell of listeners) tell({ crisisId: 'cr-2', seq: 8 });
  for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value;

  expect(heard).not.toContain('cr-2');
});
