import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { onCall, rotationOf } from '../../src/domain/onCall.js';
import { Schedule } from '../../src/domain/schedule.js';
import { localTimeAt, onCallByTheClockOnTheWall } from './support/wallClock.js';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
  'Asia/Tehran',
];
const people = ['ana', 'ben', 'cem', 'dee'];
const schedule = (fields: Partial<Schedule> = {}): Schedule => Schedule.parse({ people, ...fields });
const at = (iso: string): number => Date.parse(iso);

const hour = 3_600_000;
const anyMinute = fc.integer({ min: at('2011-01-01T00:00:00Z') / 60_000, max: at('2037-12-31T00:00:00Z') / 60_000 });
/** When clocks change in some of the zones, and up to a day and a half before and after. */
const changes = [
  '2011-12-30T10:00Z',
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
].map(at);
const nearChange = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -2_160, max: 2_160 }))
  .map(([change, minutes]) => change / 60_000 + minutes);
const moments = fc.oneof(anyMinute, nearChange);
const schedules = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    startsAt: fc
      .tuple(
        fc.integer({ min: 2011, max: 2030 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom('00', '30', '59'),
      )
      .map(
        ([year, month, day, hours, minutes]) =>
          `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${String(hours).padStart(2, '0')}:${minutes}:00`,
      ),
    shiftDays: fc.integer({ min: 1, max: 14 }),
    people: fc.integer({ min: 1, max: 4 }).map((count) => people.slice(0, count)),
  })
  .map((fields) => schedule(fields));

describe('around the clock', () => {
  test('at every moment exactly one person of the rotation is on call, in any zone', () => {
    fc.assert(
      fc.property(schedules, moments, (one, minute) => {
        expect(one.people).toContain(onCall(one, minute * 60_000));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a second implementation, which looks at the clock on the wall, says the same', () => {
    fc.assert(
      fc.property(schedules, moments, (one, minute) => {
        expect(onCall(one, minute * 60_000)).toBe(onCallByTheClockOnTheWall(one, minute * 60_000));
      }),
      { numRuns: 3_000 },
    );
  });

  test('a hand-off happens at its wall time, on the days of clock changes too', () => {
    fc.assert(
      fc.property(schedules, moments, (one, minute) => {
        const daily = { ...one, people: ['ana', 'ben'], shiftDays: 1, startsAt: '2011-06-01T09:00:00' };
        const before = onCall(daily, minute * 60_000 - 60_000);
        const after = onCall(daily, minute * 60_000);
        if (before !== after) expect(localTimeAt(minute * 60_000, daily.timeZone).time).toBe('09:00');
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the moment of the hand-off', () => {
  const weekly = schedule({ timeZone: 'Europe/Berlin', startsAt: '2026-01-05T09:00:00' });

  test('the new person is on call from exactly then, the old one until just before', () => {
    expect(onCall(weekly, at('2026-01-12T08:00:00.000Z') - 1)).toBe('ana');
    expect(onCall(weekly, at('2026-01-12T08:00:00.000Z'))).toBe('ben');
  });

  test('it stays at nine in the morning when summer time begins and ends', () => {
    expect(onCall(weekly, at('2026-03-30T07:00:00Z') - 1)).not.toBe(onCall(weekly, at('2026-03-30T07:00:00Z')));
    expect(onCall(weekly, at('2026-10-26T08:00:00Z') - 1)).not.toBe(onCall(weekly, at('2026-10-26T08:00:00Z')));
  });

  test('before the first hand-off the turns run backwards', () => {
    expect(onCall(weekly, at('2026-01-05T07:59:59Z'))).toBe('dee');
    expect(onCall(weekly, at('2025-12-29T07:59:59Z'))).toBe('cem');
  });
});

describe('clock changes', () => {
  test('a hand-off in an hour that is skipped happens when the clock has jumped', () => {
    const daily = schedule({ timeZone: 'Europe/Berlin', startsAt: '2026-03-28T02:30:00', shiftDays: 1 });
    expect(onCall(daily, at('2026-03-29T01:29:59Z'))).toBe('ana');
    expect(onCall(daily, at('2026-03-29T01:30:00Z'))).toBe('ben');
  });

  test('a hand-off in an hour that comes twice happens the first time', () => {
    const daily = schedule({ timeZone: 'America/New_York', startsAt: '2026-10-31T01:30:00', shiftDays: 1 });
    expect(onCall(daily, at('2026-11-01T05:29:59Z'))).toBe('ana');
    expect(onCall(daily, at('2026-11-01T05:30:00Z'))).toBe('ben');
    expect(onCall(daily, at('2026-11-01T06:30:00Z'))).toBe('ben');
  });

  test('half an hour of summer time on Lord Howe moves no hand-off', () => {
    const daily = schedule({ timeZone: 'Australia/Lord_Howe', startsAt: '2026-10-03T09:00:00', shiftDays: 1 });
    expect(onCall(daily, at('2026-10-03T22:00:00Z') - 1)).toBe('ana');
    expect(onCall(daily, at('2026-10-03T22:00:00Z'))).toBe('ben');
  });

  test('the day that Samoa left out is nobody’s shift', () => {
    const daily = schedule({ timeZone: 'Pacific/Apia', startsAt: '2011-12-28T09:00:00', shiftDays: 1 });
    const seen = Array.from({ length: 72 }, (_, hours) => onCall(daily, at('2011-12-28T19:00:00Z') + hours * hour));
    expect([...new Set(seen)]).toEqual(['ana', 'ben', 'dee']);
  });
});

describe('overrides', () => {
  const swapped = (from: string, until: string, person = 'eva') => ({ from, until, person });
  const berlin = (...overrides: Schedule['overrides']) => schedule({ timeZone: 'Europe/Berlin', overrides });

  test('an override holds from its first moment until just before its last', () => {
    const one = berlin(swapped('2026-01-06T18:00:00', '2026-01-07T08:00:00'));
    expect(onCall(one, at('2026-01-06T16:59:59.999Z'))).toBe('ana');
    expect(onCall(one, at('2026-01-06T17:00:00Z'))).toBe('eva');
    expect(onCall(one, at('2026-01-07T06:59:59.999Z'))).toBe('eva');
    expect(onCall(one, at('2026-01-07T07:00:00Z'))).toBe('ana');
  });

  test('one across the end of summer time lasts an hour longer, across its begin an hour less', () => {
    const lengthOf = (one: Schedule, from: string) =>
      Array.from({ length: 48 * 4 }, (_, quarter) => onCall(one, at(from) + (quarter * hour) / 4)).filter(
        (person) => person === 'eva',
      ).length / 4;
    expect(lengthOf(berlin(swapped('2026-10-24T20:00:00', '2026-10-25T08:00:00')), '2026-10-24T00:00:00Z')).toBe(13);
    expect(lengthOf(berlin(swapped('2026-03-28T20:00:00', '2026-03-29T08:00:00')), '2026-03-28T00:00:00Z')).toBe(11);
  });

  test('of two that overlap the later one in the list holds', () => {
    const both = berlin(
      swapped('2026-01-06T00:00:00', '2026-01-08T00:00:00'),
      swapped('2026-01-07T00:00:00', '2026-01-07T12:00:00', 'fay'),
    );
    expect(onCall(both, at('2026-01-07T06:00:00Z'))).toBe('fay');
    expect(onCall(both, at('2026-01-07T12:00:00Z'))).toBe('eva');
  });

  test('one that lies in the past changes nothing', () => {
    expect(onCall(berlin(swapped('2020-01-01T00:00:00', '2020-02-01T00:00:00')), at('2026-01-06T12:00:00Z'))).toBe(
      'ana',
    );
  });

  test('who stands in belongs to those who may be paged', () => {
    expect(rotationOf(berlin(swapped('2026-01-06T00:00:00', '2026-01-08T00:00:00')))).toEqual([...people, 'eva']);
  });
});
