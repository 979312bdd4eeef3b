import { expect, test } from '@jest/globals';
import { until } from '../../support/until.js';
import { cli, documentOf, following } from './support/cli.js';
import { startNight } from './support/night.js';

test('a crisis stands on one screen: why, who, what is open, what waits, and what happens next', async () => {
  const { env, crisisId } = await startNight();
  const { code, stdout } = await cli(['show', 'shop'], env);

  expect(code).toBe(0);
  expect(stdout).toMatch(/P0 critical +checkout is down +mitigated/);
  expect(stdout).toContain('Complete service outage');
  expect(stdout).toContain('  Incident Commander: Chris');
  expect(stdout).toContain('Paged for the response: Ben answered after 2m 30s');
  expect(stdout).toMatch(/Ana by sms sent/);
  expect(stdout).toMatch(/1\. Immediate response .*█+░+ 4m( \d+s)? of 5m/);
  expect(stdout).toMatch(/✔ Activate incident commander role +activate-commander \(Incident Commander/);
  expect(stdout).toMatch(/○ Assess scope and impact +assess-scope \(Technical Lead, required\)/);
  expect(stdout).toMatch(/✘ Identify affected services and users/);
  expect(stdout).toMatch(/3\. Resolution and recovery .*: \d+ tasks to come/);
  expect(stdout).toMatch(/Initial mitigation mitigate: succeeded/);
  expect(stdout).toContain('? Scale out, asked by Chris; needs 1 approval');
  expect(stdout).toMatch(new RegExp(`npx firebreak do ${crisisId} approve --request \\S+`));
  expect(stdout).toMatch(/\d\d:\d\d:\d\d +in \d+s +end the time of phase 1 \(Immediate response/);
});

test('while nobody has answered and nothing is known, the screen says what to do about it', async () => {
  const { env, crises, crisisId } = await startNight();
  const { acknowledgedAt: _, ...unanswered } = crises.get(crisisId)!;
  crises.set(crisisId, { ...unanswered, facts: {} });
  const before = await cli(['show', 'shop'], env);

  expect(before.stdout).toContain(`npx firebreak ack ${crisisId}`);
  expect(before.stdout).toMatch(new RegExp(`Known +nothing yet of the damage; .*npx firebreak do ${crisisId} assess`));

  crises.set(crisisId, { ...unanswered, acknowledgedAt: Date.now(), facts: { usersAffectedPercent: 60 } });
  const after = await cli(['show', 'shop'], env);
  expect(after.stdout).not.toContain('npx firebreak ack');
  expect(after.stdout).toMatch(/Known +usersAffectedPercent=60/);
});

test('a program gets the same as one JSON document', async () => {
  const { env, crisisId } = await startNight();
  const ran = await cli(['show', 'shop', '--json'], env);

  expect(ran.code).toBe(0);
  expect(documentOf(ran)).toMatchObject({ crisis: { crisisId }, next: expect.any(Array), workflowId: 'crisis:shop' });
});

test('watching draws it anew when something has changed, and ends when the crisis is closed', async () => {
  const { env, crises, crisisId } = await startNight();
  const watching = following(['show', 'shop', '--watch', '--json'], env);
  await until('the first look', () => watching.lines.length === 1);

  const before = crises.get(crisisId)!;
  crises.set(crisisId, { ...before, seq: before.seq + 1, status: 'closed', closedAt: Date.now() });

  await expect(watching.ended).resolves.toBe(0);
  expect(watching.lines.map((line) => (JSON.parse(line) as { crisis: { status: string } }).crisis.status)).toEqual([
    'mitigated',
    'closed',
  ]);
});

test('a crisis that is not there is a failure in plain words', async () => {
  const { env } = await startNight();
  const { code, stdout, stderr } = await cli(['show', 'payments'], env);

  expect(code).toBe(1);
  expect(stderr).toContain('there is no crisis payments');
  expect(stdout).toBe('');
});

test('a hostile title cannot move the cursor', async () => {
  const { env, crises, crisisId } = await startNight();
  crises.set(crisisId, { ...crises.get(crisisId)!, title: 'down\u001b[2J\u001b]0;owned\u0007 now' });

  for (const args of [['show', 'shop'], ['list'], ['do', 'shop']])
    // eslint-disable-next-line no-control-regex -- exactly these must not come through
    expect((await cli(args, env)).stdout).not.toMatch(/[\u001b\u0007]/);
});

test('there are colours on request, none in a pipe, and none against NO_COLOR', async () => {
  const { env } = await startNight();
  const coloured = async (more: Record<string, string>) =>
    (await cli(['show', 'shop'], { ...env, ...more })).stdout.includes('\u001b[');

  await expect(coloured({ FORCE_COLOR: '1' })).resolves.toBe(true);
  await expect(coloured({ CI: 'true' })).resolves.toBe(false);
  await expect(coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).resolves.toBe(false);
});
