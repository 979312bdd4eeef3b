import { expect, test } from '@jest/globals';
import { createTaskWatch } from '../../src/workflows/wholeTasks.js';

/** What core hands over: up to which event, at which time of a task, with how many bytes of history. */
const upTo = (historyLength: number, second: number, historySizeBytes: number, isReplaying = false) =>
  ({ historyLength, historySizeBytes, isReplaying, timestamp: { seconds: second, nanos: 0 } }) as never;

test('events with a task of their own are decided', () => {
  const isBetweenTasks = createTaskWatch();
  expect(isBetweenTasks(upTo(4, 0, 900))).toBe(false);
  expect(isBetweenTasks(upTo(13, 1, 2_100))).toBe(false);
});

test('events that come before their task are not', () => {
  const isBetweenTasks = createTaskWatch();
  isBetweenTasks(upTo(4, 0, 900));
  expect(isBetweenTasks(upTo(12, 0, 900))).toBe(true);
});

test('what follows within a task is: an answer of its own, a query, the rest of a batch', () => {
  const isBetweenTasks = createTaskWatch();
  isBetweenTasks(upTo(4, 0, 900));
  expect(isBetweenTasks(upTo(4, 0, 900))).toBe(false);
  expect(isBetweenTasks(upTo(4, 0, 900, true))).toBe(false);
});

test('a task whose server’s clock was set back is still a task', () => {
  const isBetweenTasks = createTaskWatch();
  isBetweenTasks(upTo(4, 100, 900));
  expect(isBetweenTasks(upTo(13, 100, 2_100))).toBe(false);
});

test('what is only decided again is never between tasks', () => {
  const isBetweenTasks = createTaskWatch();
  isBetweenTasks(upTo(4, 0, 900, true));
  expect(isBetweenTasks(upTo(12, 0, 900, true))).toBe(false);
});
