import { expect, test } from '@jest/globals';
import { NamespaceNotFoundError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { translate } from '../../src/client/faults.js';
import { NoSuchCrisis, Unreachable } from '../../src/client/firebreak.js';

const grpc = (code: number) =>
  new ServiceError('it failed', { cause: Object.assign(new Error(), { code, details: '', metadata: {} }) });

test('a server that is away, overloaded or not quite up is unreachable, so that its sender tries again', () => {
  for (const error of [grpc(14), grpc(8), grpc(4), new NamespaceNotFoundError('default')])
    expect(translate(error, 'shop')).toBeInstanceOf(Unreachable);
});

test('a crisis that does not run is missing, and is named', () => {
  const missing = translate(new WorkflowNotFoundError('not found', 'crisis:shop', undefined), 'shop');
  expect(missing).toBeInstanceOf(NoSuchCrisis);
  expect(missing.message).toContain('"shop"');
});

test('what nobody expected stays what it is', () => {
  const error = new Error('odd');
  expect(translate(error, 'shop')).toBe(error);
});
