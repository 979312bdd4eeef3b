import { expect, test } from '@jest/globals';
import { interceptors, leaveATrace } from '../../src/workflows/noEmptyTasks.js';

type Command = Parameters<typeof leaveATrace>[0][number];

const activity = (seq: number): Command => ({ scheduleActivity: { seq } });
const timer = (seq: number): Command => ({ startTimer: { seq } });
const noTimer = (seq: number): Command => ({ cancelTimer: { seq } });

test.each<[string, Command[]]>([
  ['an activity', [activity(1)]],
  ['an activity that is called off', [{ requestCancelActivity: { seq: 1 } }]],
  ['a timer in place of another', [noTimer(1), timer(2)]],
  ['a command that is accepted', [{ updateResponse: { accepted: {} } }]],
  ['what it is found by', [{ upsertWorkflowSearchAttributes: {} }]],
  ['a new run', [{ continueAsNewWorkflowExecution: {} }]],
])('the history shows %s', (_what, commands) => {
  expect(leaveATrace(commands)).toBe(true);
});

test.each<[string, Command[]]>([
  ['nothing', []],
  ['an answer to a question', [{ respondToQuery: {} }]],
  ['a command that is refused', [{ updateResponse: { rejected: {} } }]],
  ['a timer that is taken back at once', [timer(2), noTimer(2)]],
  ['an activity that is called off before it begins', [activity(2), { requestCancelActivity: { seq: 2 } }]],
])('the history does not show %s', (_what, commands) => {
  expect(leaveATrace(commands)).toBe(false);
});

/** A crisis of this engine: what it says of a task in which this comes, in one batch or several. */
const crisisOf = (engine: number) => {
  const { inbound = [], internals = [] } = interceptors();
  void inbound[0]?.execute?.({ args: [{ plan: { engine } }], headers: {} }, () => Promise.resolve());
  return {
    task: (jobs: object[], commands: Command[] = []): Command[] => {
      internals[0]?.activate?.({ activation: { jobs }, batchIndex: 0 }, () => undefined);
      return [...(internals[0]?.concludeActivation?.({ commands }, (input) => input).commands ?? [])];
    },
  };
};
const outcome = { resolveActivity: { seq: 1 } };
const local = { scheduleLocalActivity: { seq: 7 } };

test('a task that would leave nothing leaves a trace, and one that leaves something no more than that', () => {
  const { task } = crisisOf(6);
  expect(task([outcome])).toMatchObject([{ modifyWorkflowProperties: {} }]);
  expect(task([outcome], [timer(1)])).toEqual([timer(1)]);
  expect(task([{ fireTimer: { seq: 1 } }])).toMatchObject([{ modifyWorkflowProperties: {} }]);
});

test('whoever asks in vain leaves nothing', () => {
  const { task } = crisisOf(6);
  const refused: Command = { updateResponse: { rejected: {} } };
  expect(task([{ queryWorkflow: {} }], [{ respondToQuery: {} }])).toEqual([{ respondToQuery: {} }]);
  expect(task([{ doUpdate: {} }], [refused])).toEqual([refused]);
  expect(task([{ doUpdate: {} }, outcome], [refused])).toMatchObject([refused, { modifyWorkflowProperties: {} }]);
});

test('a local activity leaves a mark of its own, whatever comes beside it', () => {
  const { task } = crisisOf(6);
  expect(task([outcome], [local])).toEqual([local]);
  expect(task([{ signalWorkflow: {} }])).toEqual([]);
  expect(task([{ resolveActivity: { seq: 7, isLocal: true } }])).toEqual([]);
  expect(task([outcome])).toHaveLength(1);
});

test('a crisis that began before goes on as it began', () => {
  expect(crisisOf(5).task([outcome])).toEqual([]);
});
