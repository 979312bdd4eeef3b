import { expect, test } from '@jest/globals';
import {
  createFirstTaskWatch,
  createReplacedWatch,
  createTaskWatch,
  interceptors,
} from '../../src/workflows/wholeTasks.js';

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

/** What the interceptor lets through, of what core hands over and workflows answer. */
const watched = () => {
  const [{ activate, concludeActivation } = {}] = interceptors().internals ?? [];
  return {
    isHeard: (activation: { jobs: object[] }): boolean => {
      let heard = false;
      activate?.({ activation, batchIndex: 0 }, () => {
        heard = true;
      });
      return heard;
    },
    says: (commands: never) => void concludeActivation?.({ commands }, (input) => input),
  };
};

test('a query of the task is passed over while a local activity is under way, and no longer', () => {
  const { isHeard, says } = watched();
  expect(isHeard(query('of the task'))).toBe(true);
  says(begun(3));
  expect(isHeard(query('of the task'))).toBe(false);
  expect(isHeard(ended(3))).toBe(true);
  expect(isHeard(query('of the task'))).toBe(true);
});

test('what else happens meanwhile is decided, and a query without a task is answered', () => {
  const { isHeard, says } = watched();
  says(begun(3));
  expect(isHeard(ended(2))).toBe(true);
  expect(isHeard(query('legacy_query'))).toBe(true);
});

const task = (historyLength: number, isReplaying = false) =>
  ({ historyLength, isReplaying, jobs: [{ fireTimer: { seq: 1 } }] }) as never;

test('a first task that a question follows may have been another worker’s, and a workflow that was asked before is trusted', () => {
  const isDoubtful = createFirstTaskWatch();
  isDoubtful(task(4, true));
  expect(isDoubtful(task(13))).toBe(false);
  expect(isDoubtful(query('legacy_query'))).toBe(true);

  const isDoubtfulAgain = createFirstTaskWatch();
  isDoubtfulAgain(task(13, true));
  expect(isDoubtfulAgain(query('legacy_query'))).toBe(false);
  isDoubtfulAgain(task(20));
  expect(isDoubtfulAgain(query('legacy_query'))).toBe(false);
});

test('a workflow that has decided two tasks here is this worker’s, and one that began here anyway', () => {
  const isDoubtfulAtBegin = createFirstTaskWatch();
  isDoubtfulAtBegin(task(4));
  expect(isDoubtfulAtBegin(query('legacy_query'))).toBe(false);

  const isDoubtful = createFirstTaskWatch();
  isDoubtful(task(4, true));
  isDoubtful(task(13));
  isDoubtful(task(13));
  isDoubtful(query('of the task'));
  isDoubtful(task(20));
  expect(isDoubtful(query('legacy_query'))).toBe(false);
});

/** A task that begins at this second, with events up to this one. */
const taskAt = (second: number, historyLength: number, isReplaying = false) =>
  ({
    historyLength,
    isReplaying,
    timestamp: { seconds: Math.floor(second), nanos: (second % 1) * 1e9 },
    jobs: [{ signalWorkflow: {} }],
  }) as never;
const isHeld = true;

test('while a task is held open the next one follows its report, or has come in its place', () => {
  const cases: [afterS: number, isReplaced: boolean][] = [
    [0.2, true],
    [1.4, true],
    [1.6, false],
    [1.9, false],
    [2, true],
    [5, true],
  ];
  for (const [afterS, replaced] of cases) {
    const isReplaced = createReplacedWatch(() => 2_000);
    isReplaced(taskAt(10, 4), !isHeld);
    expect([afterS, isReplaced(taskAt(10 + afterS, 20), isHeld)]).toEqual([afterS, replaced]);
  }
});

test('a task that another worker held open is this one’s to go on with, however long ago that was', () => {
  const isReplaced = createReplacedWatch(() => 2_000);
  isReplaced(taskAt(10, 4, true), !isHeld);
  expect(isReplaced(taskAt(15, 20), isHeld)).toBe(false);
  expect(isReplaced(taskAt(15.2, 30), isHeld)).toBe(true);
});

test('nothing has come in place of a task that nothing held open, that is only decided again, or that goes on', () => {
  const isReplaced = createReplacedWatch(() => 2_000);
  isReplaced(taskAt(10, 4), !isHeld);
  expect(isReplaced(taskAt(10.2, 20), !isHeld)).toBe(false);
  expect(isReplaced(taskAt(10.4, 30, true), isHeld)).toBe(false);
  // A local activity has ended, at a time of its own.
  expect(isReplaced(taskAt(10.6, 30), isHeld)).toBe(false);
  expect(isReplaced(query('of the task'), isHeld)).toBe(false);
});
