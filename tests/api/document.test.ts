import { expect, test } from '@jest/globals';
import { start } from './support/start.js';

type Operation = { operationId?: string; summary?: string; responses?: Record<string, { content?: object }> };

test('every operation has a name of its own, a summary and answers with their schemas', async () => {
  const { get } = await start();
  const document = (await get('/api/openapi.json')).json<{
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
  }>();
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(15);
  for (const { operationId, summary, responses = {} } of operations) {
    expect([operationId, summary]).toEqual([expect.stringMatching(/^\w+$/), expect.stringMatching(/\w/)]);
    for (const response of Object.values(responses)) expect(Object.keys(response.content ?? {})).toHaveLength(1);
  }
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});
