import { expect, test } from '@jest/globals';
import { factsOf } from '../../../scripts/commands/input/facts.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

test('a person declares a crisis with what is known, and is told where to look', async () => {
  const { env, crises } = await startNight();
  const { code, stdout } = await cli(['declare', 'payments', 'fail', '--service', 'payments', '--severity', 'p0'], env);

  expect(code).toBe(0);
  const [crisis] = [...crises.values()].filter(({ correlationKey }) => correlationKey === 'payments');
  expect(crisis?.title).toBe('payments fail');
  expect(stdout).toContain(`npx firebreak show ${crisis?.crisisId ?? '?'}`);
});

test('a program is answered with the id and the reason', async () => {
  const { env } = await startNight();
  const ran = await cli(
    ['declare', 'slow', '--users', '40', '--users-percent', '60', '--fact', 'regions=eu', '--json'],
    env,
  );

  expect(documentOf(ran)).toMatchObject({ crisisId: expect.any(String), outcome: 'crisis', why: expect.any(String) });
});

test('facts are read by their kind, alone, with a value, and in lists', () => {
  expect(factsOf(['paymentFailure', 'dataLoss=no', 'usersAffectedPercent=60', 'regions=eu', 'regions=us'])).toEqual({
    paymentFailure: true,
    dataLoss: false,
    usersAffectedPercent: 60,
    regions: ['eu', 'us'],
  });
  expect(() => factsOf(['paymentFailur'])).toThrow('did you mean paymentFailure?');
  expect(() => factsOf(['usersAffectedPercent=160'])).toThrow(/usersAffectedPercent: .*100; got 160/);
  expect(() => factsOf(['usersAffected'])).toThrow('expected usersAffected=<number>');
});

test('a severity that does not exist is wrong use', async () => {
  await expect(cli(['declare', 'x', '--severity', 'urgent'], { FIREBREAK_PORT: '1' })).resolves.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--severity: expected P0, P1, P2 or P3; got "urgent"'),
  });
});
