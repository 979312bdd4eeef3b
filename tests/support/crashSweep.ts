import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Settings } from '../../src/domain/settings.js';
import { faultsIn, judge } from '../judge/judge.js';
import { keepVerdict } from '../judge/keeping.js';
import { usualLimits } from '../judge/observations.js';
import { keyFor } from './apiKeys.js';
import { callingPromise, callingSettings } from './calling.js';
import { actionLog, actionsRun, arm, hasCrashed, type CrashPoint } from './crashing.js';
import { layKillingGround, type KillingGround } from './killingGround.js';
import { never } from './settings.js';
import { until } from './until.js';

/** Nothing here is about speed, and a process that ends takes its time to be replaced. */
const limitMs = 120_000;
const causeOf = (point: CrashPoint): string => point.replace(' ', '-');

/** An organisation whose actions note that they run, and take a moment. */
const settings =
  (points: readonly CrashPoint[]) =>
  (sinks: { smtp: number; hook: string }, dataDir: string): Settings => {
    const calling = callingSettings(2, never)(sinks);
    const argv = ['sh', '-c', 'echo "$FIREBREAK_RUN_KEY" >> "$0"; sleep 0.5', actionLog(dataDir)];
    // Nothing verifies, so that an uncertain end stays one.
    const slots = { rollback: 'back', scale: 'scale' };
    return Settings.parse({
      ...calling,
      people: {
        ...calling.people,
        ana: { ...calling.people['ana'], roles: ['technical-lead'] },
        ben: { ...calling.people['ben'], roles: ['operations-lead'] },
      },
      actions: {
        back: { kind: 'command', argv, title: 'Roll back', preAuthorisedForMs: '1h' },
        scale: { kind: 'command', argv, title: 'Scale out' },
      },
      services: Object.fromEntries(points.map((point) => [causeOf(point), { team: 'checkout', slots }])),
    });
  };

/** The tests of a sweep over these points: at each a process ends once. */
export const sweepCrashPoints = (points: readonly CrashPoint[]): void => {
  let ground: KillingGround;
  beforeAll(async () => {
    const programs = { worker: 'crashingWorker.ts', api: 'crashingApi.ts' };
    ground = await layKillingGround({ workers: 2, programs, settings: settings(points) });
  }, 180_000);
  afterAll(() => ground.stop(), 60_000);

  const request = (cause: string) =>
    until(
      'the request for an approval',
      async () => Object.values((await ground.state(cause)).approvals).find(({ status }) => status === 'open')?.request,
      limitMs,
    );

  /** The scaling that Ben asks for is Ana's to approve. */
  const approveAnAction = async (cause: string): Promise<void> => {
    const [ana, ben] = [await keyFor(ground.store.apiKeys, 'ana'), await keyFor(ground.store.apiKeys, 'ben')];
    await ground.sender.command(cause, { command: 'run', what: 'scale' }, ben);
    await ground.sender.command(cause, { command: 'approve', request: await request(cause) }, ana);
  };

  const actionsOf = async (cause: string) =>
    (await ground.state(cause)).actions.filter(({ purpose }) => purpose === 'do');

  test.each([...points])(
    'a process that ends %s costs nothing: the page goes out, no action runs twice, and doubt is a person’s',
    async (point) => {
      const cause = causeOf(point);
      ground.causes.add(cause);
      arm(ground.dataDir, point);
      await ground.sender.alert(cause);
      if (point.endsWith('approve')) await approveAnAction(cause);

      await until(`a process to end ${point}`, () => hasCrashed(ground.dataDir), limitMs);
      const wanted = point.endsWith('approve') ? 2 : 1;
      const actions = await until(
        'its actions to have an end',
        async () => {
          const all = await actionsOf(cause);
          return all.length >= wanted && all.every(({ status }) => status !== 'running') && all;
        },
        limitMs,
      );
      await until('the call', () => ground.sinks.receipts.some(({ crisisId }) => crisisId.startsWith(cause)), limitMs);

      for (const { key, status } of actions) {
        const runs = actionsRun(ground.dataDir).filter((line) => line === key).length;
        expect([key, runs]).toEqual([key, status === 'succeeded' ? 1 : Math.min(1, runs)]);
        expect(['succeeded', 'uncertain']).toContain(status);
      }
      const asks = async () =>
        Object.values((await ground.state(cause)).procedures).some(({ status }) => status === 'asking');
      if (actions.some(({ status }) => status === 'uncertain')) await until('a person to be asked', asks, limitMs);
    },
    limitMs * 3,
  );

  test('after all of them nothing is lost, and nothing has come twice without a word', async () => {
    await ground.restAll();
    const seen = await ground.observe(callingPromise(2, never, ground.sinks.hookUrl));
    const verdict = judge(seen, { ...usualLimits, lateMs: limitMs });
    await keepVerdict({ run: 'crash points', seed: 0, conditions: { points: points.length } }, verdict, seen);
    expect(faultsIn(verdict)).toEqual({});
  }, 180_000);
};
