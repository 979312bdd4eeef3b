import { expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createRunActionActivity } from '../../src/activities/runAction.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { command, effectOf, node, processes } from './support/effects.js';

const runAction = createRunActionActivity({ kinds: createKinds(), now: Date.now });

const beatsOf = (environment: MockActivityEnvironment): unknown[] => {
  const beats: unknown[] = [];
  environment.on('heartbeat', (details) => beats.push(details));
  return beats;
};

test('runs an action and answers with what became of it', async () => {
  const effect = effectOf(command({ argv: node('console.log(process.env.FIREBREAK_RUN_KEY)') }));
  const result = await new MockActivityEnvironment().run(runAction, effect);

  expect(result).toMatchObject({ status: 'succeeded', output: `${effect.key}\n` });
});

test('says that it has begun, and then what it last printed', async () => {
  const environment = new MockActivityEnvironment();
  const beats = beatsOf(environment);
  await environment.run(
    runAction,
    effectOf(command({ argv: node('console.log("halfway"); setTimeout(() => {}, 1600)') })),
  );

  expect(beats[0]).toEqual({ begun: true, lastLine: '' });
  expect(beats.at(-1)).toEqual({ begun: true, lastLine: 'halfway' });
});

test.each([
  [{ begun: true, lastLine: 'halfway' }, /the worker stopped while it ran.*it last said: halfway/],
  [undefined, /the worker stopped while it ran/],
])('is uncertain of an action whose worker died, with the heartbeat %j', async (heartbeatDetails, summary) => {
  const again = new MockActivityEnvironment({ attempt: 2, heartbeatDetails });
  const result = await again.run(runAction, effectOf(command({ argv: node('console.log("again")') })));

  expect(result).toMatchObject({ status: 'uncertain', summary: expect.stringMatching(summary), output: '' });
});

test('runs again what is idempotent, and what only verifies', async () => {
  const argv = node('console.log("again")');
  const idempotent = effectOf(command({ argv, idempotent: true }));
  const verifying = effectOf(command({ argv }), { purpose: 'verify' });

  for (const effect of [idempotent, verifying]) {
    const result = await new MockActivityEnvironment({ attempt: 2 }).run(runAction, effect);
    expect(result).toMatchObject({ status: 'succeeded', output: 'again\n' });
  }
});

test('called off, it ends the program and says that its effect is uncertain', async () => {
  const environment = new MockActivityEnvironment();
  const { argv, started, running } = processes();
  const result = environment.run(runAction, effectOf(command({ argv })));
  await started();
  environment.cancel();

  expect(await result).toMatchObject({ status: 'uncertain', summary: 'called off while it ran' });
  expect(running()).toBe(false);
});

test('called off before it began, it has failed', async () => {
  const environment = new MockActivityEnvironment();
  environment.cancel();

  expect(await environment.run(runAction, effectOf(command({ argv: node('0') })))).toMatchObject({ status: 'failed' });
});

test('leaves an idempotent action to another worker when its own stops, and a program to none', async () => {
  const environment = new MockActivityEnvironment();
  const { argv, started, running } = processes();
  const result = environment.run(runAction, effectOf(command({ argv, idempotent: true })));
  await started();
  environment.cancel('WORKER_SHUTDOWN');

  await expect(result).rejects.toMatchObject({ type: 'WorkerStopped', nonRetryable: false });
  expect(running()).toBe(false);
});

test('answers at once that the worker stopped when the action may not run again', async () => {
  const environment = new MockActivityEnvironment();
  const { argv, started, running } = processes();
  const result = environment.run(runAction, effectOf(command({ argv })));
  await started();
  environment.cancel('WORKER_SHUTDOWN');

  expect(await result).toMatchObject({ status: 'uncertain', summary: 'the worker stopped while it ran' });
  expect(running()).toBe(false);
});
