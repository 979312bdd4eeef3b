import { expect, test } from '@jest/globals';
import {
  NamespaceNotFoundError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { isInterrupted, translate } from '../../src/client/faults.js';
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

test('a command that a workflow task has passed over has not been done, and one that was refused is refused', () => {
  const answered = (words: string) => new WorkflowUpdateFailedError('Workflow Update failed', new Error(words));
  expect(isInterrupted(answered("Workflow Update is rejected because it wasn't processed by worker."))).toBe(true);
  expect(isInterrupted(answered('the crisis is closed'))).toBe(false);
});

test('a command that went down with its worker has not been done, though the server says that it is not found', () => {
  const missing = (words: string) => new WorkflowNotFoundError(words, 'crisis:shop', undefined);
  expect(isInterrupted(missing('update "01J" not found'))).toBe(true);
  expect(isInterrupted(missing('workflow execution already completed'))).toBe(false);
});
