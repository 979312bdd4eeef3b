import { expect, test } from '@jest/globals';
import { until } from '../../support/until.js';
import { cli, documentOf, following } from './support/cli.js';
import { startNight } from './support/night.js';

test('the timeline is told in local time and since the start, with names', async () => {
  const { env } = await startNight();
  const { code, stdout } = await cli(['timeline', 'shop'], { ...env, TZ: 'Asia/Tokyo' });

  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\d, times of Asia\/Tokyo$/);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d +\+00:00 +alertmanager declared a P0 crisis: checkout is down/);
  expect(stdout).toMatch(/\+02:30 +Ben \(by link\) acknowledged, answering for the response\./);
});

test('a program gets the events with their sentences as one JSON document', async () => {
  const { env, crisisId } = await startNight();

  expect(documentOf(await cli(['timeline', 'shop', '--json'], env))).toMatchObject({
    crisisId,
    events: expect.arrayContaining([{ seq: 0, event: expect.any(Object), text: expect.stringContaining('declared') }]),
  });
});

test('following goes on until the crisis is closed, one JSON line per event', async () => {
  const { env, happens, lived } = await startNight();
  const told = following(['timeline', 'shop', '--follow', '--json'], env);
  await until('what has happened so far', () => told.lines.length === lived);

  happens({ type: 'noted', at: Date.now(), by: 'ana', text: 'It sells again.' });
  await until('the new event', () => told.lines.length === lived + 1);
  happens({ type: 'closed', at: Date.now(), reason: 'the regression watch is over' });

  await expect(told.ended).resolves.toBe(0);
  expect(told.lines.slice(lived).map((line) => (JSON.parse(line) as { text: string }).text)).toEqual([
    'Ana noted: It sells again.',
    'The crisis is closed: the regression watch is over.',
  ]);
});

test('Ctrl-C ends the following, which is no failure', async () => {
  const { env } = await startNight();
  const told = following(['timeline', 'shop', '--follow'], env);
  await until('what has happened so far', () => told.lines.length > 10);
  told.interrupt();

  await expect(told.ended).resolves.toBe(0);
});
