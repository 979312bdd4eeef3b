import { expect, test } from '@jest/globals';
import type { CommandInput } from '../../../src/domain/command.js';
import { parseCommand } from '../../../src/domain/command.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import type { Scripted } from '../../../src/domain/simulate.js';
import { at, night } from '../../support/night.js';
import { hour, minute, second } from '../../support/plan.js';

/** Answers whatever request is the newest then. */
const answers = (
  afterMs: number,
  name: 'approve' | 'reject',
  input: Omit<CommandInput<'approve'>, 'request'>,
): Scripted => ({
  afterMs,
  occasion: (crisis: Crisis) => {
    const parsed = parseCommand(name, { ...input, request: Object.keys(crisis.approvals).at(-1) ?? 'none' });
    if ('fault' in parsed) throw new Error(parsed.fault);
    return { type: 'command', command: parsed.command };
  },
});
const failing = { rollback: { status: 'failed' as const } };
const byAna = at(20 * second, 'run', { by: 'ana', what: 'scale' });
const started = (eventsOf: ReturnType<typeof night>['eventsOf'], action: string) =>
  eventsOf('actionStarted').filter((e) => e.action === action && e.purpose === 'do');

test('policy’s own authority runs the rollback without anybody’s approval', () => {
  const { eventsOf } = night({ untilMs: second });

  expect(started(eventsOf, 'rollback')[0]?.authority).toBe('pre-authorised by policy for the first 5m');
});

test('after its time the rollback needs an approval', () => {
  const { eventsOf, crisis } = night({
    actions: { rollback: { status: 'failed' } },
    script: [at(6 * minute, 'run', { by: 'ana', what: 'rollback' })],
    untilMs: 7 * minute,
  });

  expect(started(eventsOf, 'rollback')).toHaveLength(1);
  expect(Object.values(crisis.approvals).map(({ action }) => action)).toContain('rollback');
});

test('what another person of the right role approves runs under her name', () => {
  const { eventsOf } = night({
    actions: failing,
    script: [byAna, answers(30 * second, 'approve', { by: 'chris' })],
    untilMs: minute,
  });

  expect(started(eventsOf, 'scale')[0]?.authority).toBe('approved by chris');
});

test('neither who asks nor who lacks the role can approve', () => {
  const { refusals, eventsOf } = night({
    actions: failing,
    script: [byAna, answers(30 * second, 'approve', { by: 'ana' }), answers(40 * second, 'approve', { by: 'dana' })],
    untilMs: minute,
  });

  expect(refusals()).toEqual([
    'cannot approve: whoever asks cannot approve',
    expect.stringContaining('dana holds none of the roles that may approve'),
  ]);
  expect(started(eventsOf, 'scale')).toEqual([]);
});

test('a request that is rejected or lapses lets the procedure go on without it', () => {
  const rejected = night({
    actions: failing,
    script: [answers(30 * second, 'reject', { by: 'chris' })],
    untilMs: minute,
  });
  const lapsed = night({ actions: failing, untilMs: 20 * minute });

  expect(rejected.crisis.procedures['mitigate']?.status).toBe('failed');
  expect(lapsed.eventsOf('approvalLapsed')).toHaveLength(1);
  expect(lapsed.crisis.procedures['mitigate']?.status).toBe('failed');
});

test('an open request ends with the crisis, and nobody can approve it after a reopening', () => {
  const { refusals, eventsOf } = night({
    actions: failing,
    script: [
      byAna,
      at(25 * second, 'acknowledge', { by: 'ana' }),
      at(30 * second, 'resolve', { by: 'ana', reason: 'it was the cable' }),
      at(40 * second, 'reopen', { by: 'ana', reason: 'it was not' }),
      answers(50 * second, 'approve', { by: 'chris' }),
    ],
    untilMs: hour,
  });

  expect(refusals()).toEqual(['cannot approve: the request is lapsed']);
  expect(started(eventsOf, 'scale')).toEqual([]);
});
