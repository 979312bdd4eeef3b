import { expect, test } from '@jest/globals';
import type { Seen } from '../../../scripts/watchdog/fault.js';
import { judge, type Known } from '../../../scripts/watchdog/known.js';

const remindAfterMs = 60_000;
const full = { id: 'disks/data/space', what: 'the disk is full', todo: 'make room' };
const sees = (...faults: (typeof full)[]): Seen[] => [{ check: 'disks', faults }];
const isBlind: Seen[] = [{ check: 'disks', blind: 'no such folder' }];

/** A look every ten seconds; what was news of each, in a word. */
const watch = (...looks: Seen[][]) => {
  let known: readonly Known[] = [];
  return looks.map((seen, index) => {
    const judged = judge(known, seen, index * 10_000, remindAfterMs);
    ({ known } = judged);
    const { begun, lasting, over } = judged.news;
    return [
      ...begun.map(({ id }) => `begun ${id}`),
      ...lasting.map(({ id }) => `lasting ${id}`),
      ...over.map(({ id }) => `over ${id}`),
    ].join(', ');
  });
};

test('a fault is told once, when a second look confirms it', () => {
  expect(watch(sees(full), sees(full), sees(full), sees(full))).toEqual(['', `begun ${full.id}`, '', '']);
});

test('what a second look no longer sees was a hiccup, and nobody hears of it', () => {
  expect(watch(sees(full), sees(), sees(full), sees())).toEqual(['', '', '', '']);
});

test('its end is told when two looks have missed it, and it may begin again', () => {
  expect(watch(sees(full), sees(full), sees(), sees(full), sees(), sees(), sees(full), sees(full))).toEqual([
    '',
    `begun ${full.id}`,
    '',
    '',
    '',
    `over ${full.id}`,
    '',
    `begun ${full.id}`,
  ]);
});

test('while it lasts it is said again at the interval', () => {
  const news = watch(...Array.from({ length: 15 }, () => sees(full)));
  expect(news.flatMap((words, look) => (words ? [[look, words]] : []))).toEqual([
    [1, `begun ${full.id}`],
    [7, `lasting ${full.id}`],
    [13, `lasting ${full.id}`],
  ]);
});

test('a check that cannot look has seen nothing end, and is a fault itself', () => {
  expect(watch(sees(full), sees(full), isBlind, isBlind, isBlind, sees(full), sees(full))).toEqual([
    '',
    `begun ${full.id}`,
    '',
    'begun disks/blind',
    '',
    '',
    'over disks/blind',
  ]);
});
