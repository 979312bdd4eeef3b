import { expect, test } from '@jest/globals';
import { createLocalWatch, createTaskWatch } from '../../src/workflows/wholeTasks.js';

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

const query = (queryId: string) => ({ jobs: [{ queryWorkflow: { queryId } }] }) as never;
const begun = (seq: number) => [{ scheduleLocalActivity: { seq } }] as never;
const ended = (seq: number) => ({ jobs: [{ resolveActivity: { seq, isLocal: true } }] }) as never;

test('a query of the task is passed over while a local activity is under way, and no longer', () => {
  const { hears, says } = createLocalWatch();
  expect(hears(query('of the task'))).toBe(false);
  says(begun(3));
  expect(hears(query('of the task'))).toBe(true);
  expect(hears(ended(3))).toBe(false);
  expect(hears(query('of the task'))).toBe(false);
});

test('what else happens meanwhile is decided, and a query without a task is answered', () => {
  const { hears, says } = createLocalWatch();
  says(begun(3));
  expect(hears(ended(2))).toBe(false);
  expect(hears(query('legacy_query'))).toBe(false);
});
