import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadlinesOf } from '../../../src/domain/regulatory/deadlines.js';
import { latestFiling, type Filing } from '../../../src/domain/regulatory/filing.js';
import { anchors, type Marks } from '../../../src/domain/regulatory/mark.js';
import { Obligation, regimes, type Regime } from '../../../src/domain/regulatory/obligation.js';
import { obligationFaults, obligations, obligationsOf } from '../../../src/domain/regulatory/obligations.js';

const at = (iso: string): number => Date.parse(iso);
const hourMs = 3_600_000;
const zone = 'Europe/Berlin';
const filing = (obligation: string, when: string, outcome: Filing['outcome'] = 'filed'): Filing => ({
  obligation,
  outcome,
  at: at(when),
  by: 'ana',
  to: 'the authority',
  reference: 'A-1',
});

/** Obligation and moment, as a table reads. */
const tableOf = (regime: Regime, marks: Partial<Record<keyof Marks, string>>, filings: readonly Filing[] = []) => {
  const moments = Object.fromEntries(Object.entries(marks).map(([mark, iso]) => [mark, at(iso)]));
  return deadlinesOf(moments, obligationsOf([regime]), zone, filings).map(({ obligation, dueAt, expected }) => [
    obligation,
    new Date(dueAt).toISOString().slice(0, 16),
    expected ?? false,
  ]);
};

test('no clock runs before anybody has marked anything', () => {
  expect(deadlinesOf({}, obligations, zone)).toEqual([]);
  expect(deadlinesOf({ occurred: at('2026-11-01T00:00Z') }, obligations, zone)).toEqual([]);
});

test('every figure names its source and the day it was compared with it', () => {
  for (const { id, source, asOf } of obligations) {
    expect([id, source]).toEqual([id, expect.stringMatching(/Art\. \d+|Form 8-K/)]);
    expect(asOf).toMatch(/^20\d\d-/);
  }
  expect(obligations.filter(({ law }) => !law).map(({ id }) => id)).toEqual(['gdpr-subjects']);
  expect(obligationFaults(obligations)).toEqual([]);
});

test('only the regimes that the organisation names hold, and its own figures go before', () => {
  const stricter = Obligation.parse({
    ...obligations.find(({ id }) => id === 'nis2-early-warning'),
    within: { hours: 12 },
  });

  expect(obligationsOf([])).toEqual([]);
  expect(obligationsOf(['SEC']).map(({ id }) => id)).toEqual(['sec-8k']);
  expect(obligationsOf(['NIS2'], [stricter]).filter(({ id }) => id === 'nis2-early-warning')).toEqual([stricter]);
  expect(obligationsOf(['GDPR'], [stricter]).map(({ regime }) => regime)).toEqual(['GDPR', 'GDPR']);
});

describe('GDPR', () => {
  test('the authority hears within 72 hours of our knowing, over a change of clocks', () => {
    expect(tableOf('GDPR', { aware: '2026-10-23T20:15Z' })).toEqual([['gdpr-authority', '2026-10-26T20:15', false]]);
  });

  test('the people concerned hear once the risk is found to be high', () => {
    expect(tableOf('GDPR', { aware: '2026-11-02T00:00Z', highRisk: '2026-11-02T09:00Z' })).toEqual([
      ['gdpr-subjects', '2026-11-03T09:00', false],
      ['gdpr-authority', '2026-11-05T00:00', false],
    ]);
  });

  test('a first part in time leaves the rest to be filed', () => {
    const marks = { aware: '2026-11-02T00:00Z' };

    expect(tableOf('GDPR', marks, [filing('gdpr-authority', '2026-11-04T00:00Z', 'part')])).toEqual([
      ['gdpr-authority', '2026-11-07T00:00', false],
    ]);
    expect(tableOf('GDPR', marks, [filing('gdpr-authority', '2026-11-06T00:00Z')])).toEqual([]);
  });
});

describe('NIS2', () => {
  const marks = { aware: '2028-01-28T10:00Z' };

  test('wants a warning, a notification, and expects the final report a month after it', () => {
    expect(tableOf('NIS2', marks)).toEqual([
      ['nis2-early-warning', '2028-01-29T10:00', false],
      ['nis2-notification', '2028-01-31T10:00', false],
      ['nis2-final-report', '2028-02-29T10:00', true],
    ]);
  });

  test('counts the month from the notification as it was really filed', () => {
    expect(tableOf('NIS2', marks, [filing('nis2-notification', '2028-01-30T08:00Z')])).toContainEqual([
      'nis2-final-report',
      '2028-02-29T08:00',
      false,
    ]);
  });

  test('wants no final report of what need not be notified', () => {
    expect(tableOf('NIS2', marks, [filing('nis2-notification', '2028-01-29T00:00Z', 'notRequired')])).toEqual([
      ['nis2-early-warning', '2028-01-29T10:00', false],
    ]);
  });
});

describe('DORA', () => {
  test.each([
    ['four hours after the classification', '2026-11-02T10:00Z', '2026-11-02T14:00'],
    ['a day after our knowing, when classified late', '2026-11-02T23:00Z', '2026-11-03T00:00'],
  ])('the first notification is due %s', (_, classified, due) => {
    expect(tableOf('DORA', { aware: '2026-11-02T00:00Z', classified })[0]).toEqual(['dora-initial', due, false]);
  });

  test('without the moment of our knowing, four hours hold alone', () => {
    expect(tableOf('DORA', { classified: '2026-11-02T10:00Z' })[0]).toEqual([
      'dora-initial',
      '2026-11-02T14:00',
      false,
    ]);
  });

  test('goes on 72 hours after the first and a month after the newest of the intermediate reports', () => {
    const marks = { aware: '2026-11-02T00:00Z', classified: '2026-11-02T10:00Z' };
    const initial = filing('dora-initial', '2026-11-02T12:00Z');
    const first = filing('dora-intermediate', '2026-11-05T00:00Z');
    const updated = filing('dora-intermediate', '2026-11-30T09:00Z');

    expect(tableOf('DORA', marks, [initial])[0]).toEqual(['dora-intermediate', '2026-11-05T12:00', false]);
    expect(tableOf('DORA', marks, [initial, first])).toEqual([['dora-final', '2026-12-05T00:00', false]]);
    expect(tableOf('DORA', marks, [initial, first, updated])).toEqual([['dora-final', '2026-12-30T09:00', false]]);
  });
});

test('SEC: four business days after the judgement, over Veterans Day', () => {
  expect(tableOf('SEC', { aware: '2026-11-01T00:00Z', material: '2026-11-09T15:00Z' })).toEqual([
    ['sec-8k', '2026-11-16T22:30', false],
  ]);
});

describe('CRA', () => {
  test('holds for what became known on or after 11 September 2026', () => {
    expect(tableOf('CRA', { aware: '2026-09-10T21:59Z', fixAvailable: '2026-10-01T00:00Z' })).toEqual([]);
    expect(tableOf('CRA', { aware: '2026-09-10T22:00Z' }).map(([id]) => id)).toEqual([
      'cra-early-warning',
      'cra-notification',
      'cra-final-incident',
    ]);
  });

  test('ends fourteen days after a fix for a vulnerability, a month after the notification for an incident', () => {
    const marks = { aware: '2026-11-02T00:00Z', fixAvailable: '2026-11-10T00:00Z' };
    const before = [filing('cra-early-warning', '2026-11-02T12:00Z'), filing('cra-notification', '2026-11-04T00:00Z')];

    expect(tableOf('CRA', marks, before)).toEqual([
      ['cra-final-vulnerability', '2026-11-24T00:00', false],
      ['cra-final-incident', '2026-12-04T00:00', false],
    ]);
    expect(
      tableOf('CRA', marks, [...before, filing('cra-final-incident', '2026-11-05T00:00Z', 'notRequired')]),
    ).toEqual([['cra-final-vulnerability', '2026-11-24T00:00', false]]);
  });
});

test('each deadline says why, in words, with the source', () => {
  const known = { aware: at('2026-11-02T00:00Z'), classified: at('2026-11-02T22:00Z') };
  const why = deadlinesOf(known, obligationsOf(['GDPR', 'DORA']), zone).map((deadline) => deadline.why);

  expect(why).toContain('72 hours after we became aware of it (GDPR Art. 33(1) and (4))');
  expect(why[0]).toMatch(/^24 hours after we became aware of it \(DORA/);
});

describe('whatever is marked and filed', () => {
  const moment = fc.integer({ min: at('2024-01-01T00:00Z') / hourMs, max: at('2032-12-31T00:00Z') / hourMs });
  const marks = fc
    .record(Object.fromEntries(anchors.map((anchor) => [anchor, moment.map((hour) => hour * hourMs)])), {
      requiredKeys: [],
    })
    .map((known): Marks => known);
  const filings = fc.array(
    fc
      .tuple(fc.constantFrom(...obligations), moment, fc.constantFrom('filed', 'part', 'notRequired'))
      .map(([{ id }, hour, outcome]) => ({
        ...filing(id, '2026-01-01T00:00Z', outcome),
        at: hour * hourMs,
      })),
    { maxLength: 6 },
  );
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe');
  const named = fc.subarray([...regimes]);

  test('each obligation has at most one deadline, none when it is closed, and the list is in order', () => {
    fc.assert(
      fc.property(marks, filings, zones, named, (known, made, where, which) => {
        const deadlines = deadlinesOf(known, obligationsOf(which), where, made);
        const ids = deadlines.map(({ obligation }) => obligation);

        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect([undefined, 'part']).toContain(latestFiling(made, id)?.outcome);
        expect(deadlines.map(({ dueAt }) => dueAt)).toEqual(deadlines.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
      }),
      { numRuns: 1_000 },
    );
  });

  test('the order in which filings came in does not matter, and asking twice gives the same', () => {
    fc.assert(
      fc.property(
        marks,
        fc.uniqueArray(
          filings.map((made) => made[0]).filter((one) => one !== undefined),
          { selector: ({ at: when }) => when, maxLength: 5 },
        ),
        (known, made) => {
          const forwards = deadlinesOf(known, obligations, zone, made);

          expect(deadlinesOf(known, obligations, zone, made.toReversed())).toEqual(forwards);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a filing never brings back what another regime has closed', () => {
    fc.assert(
      fc.property(marks, filings, fc.constantFrom(...obligations), (known, made, { id, regime }) => {
        const others = (list: readonly Filing[]) =>
          deadlinesOf(known, obligations, zone, list).filter(
            ({ obligation }) => obligations.find((one) => one.id === obligation)?.regime !== regime,
          );
        expect(others([...made, filing(id, '2033-01-01T00:00Z')])).toEqual(others(made));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a configuration of its own', () => {
  const own = (fields: object): Obligation => Obligation.parse({ ...obligationsOf(['SEC'])[0], ...fields });

  test.each<[string, Obligation[], RegExp]>([
    ['counts from nothing', [own({ id: 'a', from: { filing: 'b' } })], /a: it counts from the filing of "b"/],
    [
      'goes in a circle',
      [own({ id: 'a', from: { filing: 'b' } }), own({ id: 'b', from: { filing: 'a' } })],
      /a: it counts from itself: a ← b ← a/,
    ],
    ['has an id twice', [own({ id: 'a' }), own({ id: 'a' })], /a: there are several/],
    ['has no such zone', [own({ id: 'a', within: { businessDays: 4, closesAt: '17:30', zone: 'Mars' } })], /Mars/],
  ])('that %s is refused by name', (_, all, says) => {
    expect(obligationFaults(all).join('\n')).toMatch(says);
  });
});
