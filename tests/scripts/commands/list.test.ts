import { expect, test } from '@jest/globals';
import { crisisOf } from '../../api/support/fakeFirebreak.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

test('the list says of each crisis who is on it and what happens next', async () => {
  const { env, crisisId } = await startNight();
  const { code, stdout } = await cli(['list'], env);

  expect(code).toBe(0);
  const [head, row, next] = stdout.split('\n');
  expect(head).toMatch(/^SEV +ID +TITLE +STATUS +PHASE +SINCE +ANSWERED$/);
  expect(row).toMatch(new RegExp(`^P0 +${crisisId} +checkout is down +mitigated +1 Immediate response .* Ben$`));
  expect(next).toMatch(/└ in \d+s \(([\d-]+ )?\d\d:\d\d:\d\d\): end the time of phase 1/);
});

test('the worst comes first, and what nobody has answered says so', async () => {
  const { env, crises } = await startNight();
  const milder = crisisOf('mild-1', { correlationKey: 'search', title: 'Search is slow', declaredAt: Date.now() });
  crises.set('mild-1', { ...milder, classification: { ...milder.classification, severity: 'P1' } });
  const { stdout } = await cli(['list'], env);

  expect(stdout.indexOf('P0 ')).toBeLessThan(stdout.indexOf('P1 '));
  expect(stdout).toMatch(/P1 +mild-1 +Search is slow +triggered .* nobody/);
});

test('severity and service narrow the list', async () => {
  const { env } = await startNight();

  expect((await cli(['list', '--severity', 'p1'], env)).stdout).toContain('No crisis is open.');
  expect((await cli(['list', '--severity', 'P0', '--service', 'shop'], env)).stdout).toContain('checkout is down');
  await expect(cli(['list', '--severity', 'P9'], env)).resolves.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--severity: expected P0, P1, P2 or P3; got "P9"'),
  });
});

test('a program gets every crisis with what happens next as one JSON document', async () => {
  const { env, crisisId } = await startNight();

  expect(documentOf(await cli(['list', '--json'], env))).toMatchObject({
    crises: [{ crisis: { crisisId }, next: [{ what: 'phaseBudget' }, ...Array<unknown>(3).fill(expect.anything())] }],
  });
});
