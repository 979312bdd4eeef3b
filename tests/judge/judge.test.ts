import { expect, test } from '@jest/globals';
import type { FaultName } from './findings.js';
import { faultsIn, judge } from './judge.js';
import type { Observations } from './observations.js';

const began = 1_000_000;
const crisisId = 'shop-1';
const keyOf = (step: number, person: string): string => `${crisisId}/response/r1/s${step}/${person}/any`;
const page = (step: number, person: string) => ({
  key: keyOf(step, person),
  person,
  decidedAt: began + step * 10_000,
  outcome: 'sent' as const,
});
const receipt = (step: number, person: string, sink: 'mail' | 'webhook') => ({
  sink,
  at: began + step * 10_000 + 100,
  id: sink === 'mail' ? `<${step}@x>` : keyOf(step, person),
  to: `${person}@x`,
  crisisId,
  marked: false,
  late: false,
});

/** One crisis: Ana by mail, Ben by webhook; Ana answers at 15 s. */
const clean: Observations = {
  asked: [
    { what: 'alert', id: 'a1', cause: 'shop', sentAt: began - 50, takenAt: began },
    { what: 'acknowledge', id: 'c1', cause: 'shop', sentAt: began + 15_000, takenAt: began + 15_100 },
  ],
  crises: [
    {
      cause: 'shop',
      crisisId,
      beganAt: began,
      alertIds: ['a1'],
      commandIds: ['c1'],
      pages: [page(0, 'ana'), page(1, 'ben')],
    },
  ],
  booked: [
    {
      crisisId,
      alertCount: 1,
      rows: [
        { key: keyOf(0, 'ana'), status: 'sent' },
        { key: keyOf(1, 'ben'), status: 'sent' },
      ],
    },
  ],
  receipts: [receipt(0, 'ana', 'mail'), receipt(1, 'ben', 'webhook')],
  promised: {
    steps: [
      { afterMs: 0, people: ['ana'] },
      { afterMs: 10_000, people: ['ben'] },
      { afterMs: 20_000, people: ['chris'] },
    ],
    addresses: { ana: 'ana@x', ben: 'ben@x', chris: 'chris@x' },
  },
  ids: { [keyOf(0, 'ana')]: '<0@x>' },
  endedAt: began + 60_000,
};

const [mail, hook] = clean.receipts as [Observations['receipts'][number], Observations['receipts'][number]];
const [crisis] = clean.crises as [Observations['crises'][number]];
const [book] = clean.booked as [Observations['booked'][number]];
const [alert] = clean.asked as [Observations['asked'][number]];

const planted: [fault: FaultName, what: string, change: Partial<Observations>][] = [
  [
    'lost',
    'an accepted alert that no crisis has',
    { crises: [{ ...crisis, alertIds: [] }], booked: [{ ...book, alertCount: 0 }] },
  ],
  ['lost', 'an alert that is in the history and not counted', { booked: [{ ...book, alertCount: 0 }] }],
  ['lost', 'an accepted acknowledgement that no crisis has', { crises: [{ ...crisis, commandIds: [] }] }],
  ['lost', 'a page said to be sent that nobody received', { receipts: [mail] }],
  ['lost', 'a page that the ledger has no row of', { booked: [{ ...book, rows: book.rows.slice(1) }] }],
  [
    'lost',
    'a page of which nobody knows the end',
    { crises: [{ ...crisis, pages: [page(0, 'ana'), { ...page(1, 'ben'), outcome: 'open' }] }] },
  ],
  [
    'lost',
    'a step that called nobody',
    {
      asked: [alert],
      endedAt: began + 120_000,
    },
  ],
  ['doubled', 'an alert counted twice', { booked: [{ ...book, alertCount: 2 }] }],
  ['doubled', 'a mail that came twice without a word', { receipts: [mail, mail, hook] }],
  [
    'doubled',
    'a page decided under two keys',
    {
      crises: [{ ...crisis, pages: [...crisis.pages, { ...page(1, 'ben'), key: `${keyOf(1, 'ben')}-2` }] }],
      booked: [{ ...book, rows: [...book.rows, { key: `${keyOf(1, 'ben')}-2`, status: 'sent' }] }],
      receipts: [mail, hook, { ...hook, id: `${keyOf(1, 'ben')}-2` }],
    },
  ],
  ['unexpected', 'a mail that no crisis sent', { receipts: [mail, hook, { ...mail, id: '<other@x>' }] }],
  [
    'unexpected',
    'an alert that nobody sent',
    { crises: [{ ...crisis, alertIds: ['a1', 'a9'] }], booked: [{ ...book, alertCount: 2 }] },
  ],
  [
    'unexpected',
    'a page received of which the ledger says that it was not sent',
    { booked: [{ ...book, rows: book.rows.map((row, i) => (i === 1 ? { ...row, status: 'cancelled' } : row)) }] },
  ],
  ['early', 'a page before its time', { receipts: [mail, { ...hook, at: began + 9_000 }] }],
  [
    'late',
    'a page long after its time',
    { asked: [alert], receipts: [mail, { ...hook, at: began + 21_000 }], endedAt: began + 25_000 },
  ],
  ['afterAcknowledgement', 'a page begun after the answer', { receipts: [mail, { ...hook, at: began + 17_000 }] }],
  ['wrongPerson', 'a page to an address of somebody else', { receipts: [mail, { ...hook, to: 'chris@x' }] }],
  [
    'wrongPerson',
    'a step that called somebody who is not in it',
    { promised: { ...clean.promised, steps: clean.promised.steps.map((step) => ({ ...step, people: ['ana'] })) } },
  ],
];

test('in a clean run nothing is found', () => {
  expect(faultsIn(judge(clean))).toEqual({});
});

test('finding nothing in two pages rules out little, and the verdict says how little', () => {
  expect(judge(clean)).toMatchObject({
    trials: { taken: 2, pages: 2 },
    atMost: 1.5,
    latenessMs: { p50: 100, max: 100 },
  });
});

test.each(planted)('%s is found, and nothing else with it: %s', (fault, _, change) => {
  expect(Object.keys(faultsIn(judge({ ...clean, ...change })))).toEqual([fault]);
});

test('a repeat that its receiver folds, or that says it may be one, is none', () => {
  const again = judge({ ...clean, receipts: [mail, { ...mail, marked: true }, hook, hook] });
  expect(faultsIn(again)).toEqual({});
  expect(again.repeats).toEqual({ folded: 1, labelled: 1 });
});

test('a step whose place a later one took is passed over, not lost', () => {
  const later = { ...page(2, 'chris'), decidedAt: began + 21_000 };
  const passed = judge({
    ...clean,
    asked: [alert],
    crises: [{ ...crisis, pages: [page(0, 'ana'), later] }],
    booked: [{ ...book, rows: [book.rows[0]!, { key: later.key, status: 'sent' }] }],
    receipts: [mail, { ...receipt(2, 'chris', 'webhook') }],
    endedAt: began + 25_000,
  });
  expect(faultsIn(passed)).toEqual({});
  expect(passed.passedOver).toBe(1);
});

test('a step is not early where the one before it has reached nobody', () => {
  const failed = { ...page(0, 'ana'), outcome: 'failed' as const };
  const atOnce = { ...page(1, 'ben'), decidedAt: began + 5_000 };
  const seen: Observations = {
    ...clean,
    crises: [{ ...crisis, pages: [failed, atOnce] }],
    booked: [{ ...book, rows: [{ key: failed.key, status: 'failed' }, ...book.rows.slice(1)] }],
    receipts: [{ ...hook, at: began + 5_100 }],
  };
  expect(faultsIn(judge(seen))).toEqual({});
});
