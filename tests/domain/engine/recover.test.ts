import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Action, type ActionResult } from '../../../src/domain/action.js';
import { recover } from '../../../src/playbooks/dataLossProcedures.js';
import { dataLoss } from '../../../src/playbooks/dataLoss.js';
import { at, night } from '../../support/night.js';
import { declared, hour, minute } from '../../support/plan.js';

const slots = recover.steps.map(({ slot }) => slot);
const action = (fields: object = {}) =>
  Action.parse({ kind: 'command', argv: ['true'], title: 'an action', risk: 'safe', idempotent: true, ...fields });
const actions = Object.fromEntries(slots.map((slot) => [slot, action()]));
const filled = Object.fromEntries(slots.map((slot) => [slot, slot]));

type Night = Parameters<typeof night>[0];

const corruption = ({ plan = {}, ...rest }: Partial<Night> = {}) =>
  night({
    plan: { playbook: dataLoss, actions, slots: { ...filled, verify: 'assess' }, ...plan },
    declaration: declared({ dataLoss: true }, { crisisType: 'dataLoss' }),
    untilMs: 10 * minute,
    ...rest,
  });

const done = ({ eventsOf }: ReturnType<typeof night>): string[] =>
  eventsOf('actionStarted').flatMap(({ action: id, context }) => (context.as === 'procedure' ? [id] : []));
const wasTold = ({ eventsOf }: ReturnType<typeof night>): boolean =>
  eventsOf('engagementOpened').some(({ engagement }) => engagement.startsWith('procedure:recover')) &&
  eventsOf('managementTold').some(({ reason }) => reason.includes('Data recovery needs a person'));

const isNotSound = (backup: string, lostMs: number, olderLostMs?: number): Partial<ActionResult> => ({
  status: 'failed',
  summary: `${backup} is not sound`,
  recovery: { backup, lostMs, ...(olderLostMs !== undefined && { olderLostMs }) },
});
const restored = (backup: string, lostMs: number, olderLostMs?: number): Partial<ActionResult> => ({
  ...isNotSound(backup, lostMs, olderLostMs),
  status: 'succeeded',
  summary: `restored from ${backup}`,
});

test('the recovery begins with the crisis and goes through every step, and its tasks are done', () => {
  const story = corruption();

  expect(done(story)).toEqual(slots);
  expect(story.crisis.procedures['recover']?.status).toBe('succeeded');
  expect(story.crisis.status).toBe('mitigated');
  for (const task of ['activate-recovery', 'stop-writes', 'recover', 'quantify-loss', 'validate-data', 'resume'])
    expect(story.crisis.tasks[task]?.status).toBe('done');
});

test('a backup that is not sound sends it back to the next older one, saying what that costs', () => {
  const story = corruption({
    actions: {
      restore: [restored('new', 30 * minute, hour), restored('old', hour)],
      validate: [{ status: 'failed', summary: 'new is not sound' }, {}],
    },
  });

  expect(done(story).slice(3, 8)).toEqual(['restore', 'validate', 'restore', 'validate', 'switchOver']);
  expect(story.eventsOf('stepAgain')).toMatchObject([
    { step: 4, to: 3, parameter: 'older', value: 1, lostMs: hour, costsMs: 30 * minute },
  ]);
  expect(story.crisis.procedures['recover']).toMatchObject({ status: 'succeeded', recovery: { backup: 'old' } });
  expect(story.crisis.procedures['recover']?.reason).toContain('restored from old, 1h of what was written is lost');
});

test('a backup that cannot be restored is passed over too', () => {
  const story = corruption({ actions: { restore: [isNotSound('new', minute, hour), restored('old', hour)] } });

  expect(done(story).slice(3, 6)).toEqual(['restore', 'restore', 'validate']);
});

test('when the last backup has failed, writes stay stopped, the commander is called and management told', () => {
  const story = corruption({ actions: { restore: [isNotSound('new', minute, hour), isNotSound('old', hour)] } });

  expect(done(story).at(-1)).toBe('restore');
  expect(story.crisis.procedures['recover']?.status).toBe('asking');
  expect(story.crisis.status).not.toBe('mitigated');
  expect(wasTold(story)).toBe(true);
  expect(story.pagesTo('chris')).not.toHaveLength(0);
});

test('it goes back no more often than the playbook says', () => {
  const story = corruption({ actions: { restore: { status: 'failed', summary: 'broken' } } });

  expect(story.eventsOf('stepAgain').map(({ value }) => value)).toEqual([1, 2, 3, 4]);
  expect(wasTold(story)).toBe(true);
});

test('a step in doubt is run once more, and the health of the service is not asked about it', () => {
  const story = corruption({ actions: { switchOver: [{ status: 'uncertain', summary: 'lost' }, {}] } });

  expect(done(story).filter((id) => id === 'switchOver')).toHaveLength(2);
  expect(done(story).filter((id) => id === 'assess')).toHaveLength(1);
  expect(story.crisis.procedures['recover']?.status).toBe('succeeded');
});

test('nothing is begun while an action is missing, and people are told which', () => {
  const { validate: _, ...others } = filled;
  const story = corruption({ plan: { slots: others } });

  expect(done(story)).toEqual([]);
  expect(story.crisis.procedures['recover']?.reason).toContain('Validate what was restored');
  expect(story.crisis.tasks['activate-recovery']?.status).toBe('failed');
  expect(wasTold(story)).toBe(true);
});

test('a step that may be left out is left out', () => {
  const { watchData: _, assess: __, ...others } = filled;
  const story = corruption({ plan: { slots: others } });

  expect(story.crisis.procedures['recover']?.status).toBe('succeeded');
});

test('a rejected step is no reason to take an older backup', () => {
  const guarded = action({ risk: 'guarded' });
  const story = corruption({
    plan: { actions: { ...actions, validate: guarded } },
    script: [
      at(minute, 'acknowledge', { by: 'ana' }),
      at(2 * minute, 'reject', { by: 'chris', request: 'shop-20260302-abcde/approval/0' }),
    ],
    untilMs: hour,
  });

  expect(done(story)).not.toContain('switchOver');
  expect(story.eventsOf('stepAgain')).toEqual([]);
});

test('a person may start it again from the beginning', () => {
  const story = corruption({
    actions: { listBackups: [{ status: 'failed', summary: 'no backup is intact' }, {}] },
    script: [at(5 * minute, 'run', { by: 'ana', what: 'recover' })],
  });

  expect(done(story).slice(0, 6)).toEqual([
    'stopWrites',
    'assess',
    'listBackups',
    'stopWrites',
    'assess',
    'listBackups',
  ]);
  expect(story.crisis.procedures['recover']?.status).toBe('succeeded');
});

const status = fc.constantFrom('succeeded' as const, 'failed' as const, 'uncertain' as const);
const drawn = fc.oneof<fc.Arbitrary<Partial<ActionResult>>[]>(
  fc.record({ status }),
  status.map((one) => ({ ...restored('one', minute), status: one })),
  status.map((one) => ({ ...restored('one', minute, hour), status: one })),
);
const mostlyWell = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Partial<ActionResult>>({}) },
  { weight: 1, arbitrary: drawn },
);
const fates = fc.record(
  Object.fromEntries(slots.map((slot) => [slot, fc.array(mostlyWell, { minLength: 1, maxLength: 6 })])),
);

test('whatever its actions come to, writes resume only on what was validated, or they stay stopped and people are told', () => {
  fc.assert(
    fc.property(fates, (drawnFates) => {
      const story = corruption({ actions: drawnFates });
      const ends = story.eventsOf('actionEnded').filter(({ context }) => context.as === 'procedure');
      const lastGood = (id: string, before: number): number =>
        ends.findLastIndex(
          ({ action: one, result }, index) => index < before && one === id && result.status === 'succeeded',
        );
      ends.forEach(({ action: id }, index) => {
        if (id !== 'resumeWrites') return;
        const [restoredAt, validatedAt, switchedAt] = ['restore', 'validate', 'switchOver'].map((one) =>
          lastGood(one, index),
        );
        expect(restoredAt).toBeGreaterThanOrEqual(0);
        expect(validatedAt).toBeGreaterThan(restoredAt ?? 0);
        expect(switchedAt).toBeGreaterThan(validatedAt ?? 0);
      });
      const { status } = story.crisis.procedures['recover']!;
      expect(['succeeded', 'asking']).toContain(status);
      if (status === 'asking') expect(wasTold(story)).toBe(true);
    }),
    { numRuns: 150 },
  );
});
