import { expect, test } from '@jest/globals';
import { cli, documentOf } from './support/cli.js';

const env = { FIREBREAK_CONFIG: 'examples/shop/firebreak.yaml' };

test('the runbooks of the configured folder are listed', async () => {
  const { code, stdout, stderr } = await cli(['runbook'], env);

  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/checkout-down +Checkout is down +shop +shop-version, shop-order/);
});

test('one is printed to be read, with the actions it may run marked', async () => {
  const { code, stdout } = await cli(['runbook', 'checkout-down'], env);

  expect(code).toBe(0);
  expect(stdout).toMatch(/1\. Was something deployed\? Run ▶ shop-version\./);
  expect(stdout).toMatch(/▶ shop-order +Order something small\n +safe, needs no approval/);
  expect(stdout).toContain('npx firebreak do <crisis> run --what shop-order');
  expect(stdout).toContain('--parameters.country <DE|FR|CH>, else DE');
});

test('a service narrows the list, and a program gets all of it', async () => {
  const { runbooks } = documentOf(await cli(['runbook', '--service', 'payments', '--json'], env));

  expect(runbooks).toEqual([]);
});

test.each([
  [['runbook', 'checkout-dwn'], env, 'did you mean checkout-down?'],
  [['runbook', '--config', 'nowhere.yaml'], {}, 'There is no configuration'],
  [['runbook'], { FIREBREAK_CONFIG: 'firebreak.yaml' }, 'names no folder of runbooks'],
])('%j fails in plain words', async (args, more, said) => {
  const { code, stderr } = await cli(args, more);

  expect(code).toBe(1);
  expect(stderr).toContain(said);
});
