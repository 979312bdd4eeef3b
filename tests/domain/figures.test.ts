import { expect, test } from '@jest/globals';
import type { Event } from '../../src/domain/event.js';
import { figures } from '../../src/domain/figures.js';
import { alert, at, declared, everyEvent } from './describe/timeline.js';

const ms = (minute: number): number => minute * 60_000;
const paged = (key: string, person: string, minute: number, late?: number): Event => ({
  ...everyEvent.paged,
  key,
  person,
  at: at(minute),
  ...(late !== undefined && { late }),
});
const settled = (key: string, status: 'sent' | 'delivered' | 'failed' | 'uncertain', minute: number): Event => ({
  type: 'pageSettled',
  key,
  status,
  at: at(minute),
});
const opened: Event = { ...everyEvent.engagementOpened, at: at(0) };
const step = (index: number, minute: number, engagement = 'response'): Event => ({
  type: 'stepTaken',
  at: at(minute),
  engagement,
  round: 1,
  step: index,
  people: ['ana'],
});
const acknowledged = (minute: number, by = 'ben'): Event => ({
  type: 'acknowledged',
  at: at(minute),
  by,
  engagements: ['response'],
});
const promised = (minute: number, until: number): Event => ({
  type: 'updatePromised',
  at: at(minute),
  until: at(until),
});

const night: Event[] = [
  declared,
  { type: 'alerted', at: at(0), tallies: [{ alert: alert({ startedAt: at(-2) }), count: 1, lastAt: at(0) }] },
  opened,
  step(0, 0),
  paged('1', 'ana', 0),
  settled('1', 'sent', 0),
  step(1, 1),
  paged('2', 'ana', 1),
  settled('2', 'failed', 1),
  step(2, 2),
  paged('3', 'ben', 2, 8_000),
  settled('3', 'delivered', 2),
  acknowledged(3),
  { type: 'mitigated', at: at(6), by: 'firebreak' },
  { type: 'regressed', at: at(8), reason: 'the health check fails again' },
  { type: 'mitigated', at: at(12), by: 'ben' },
  { type: 'resolved', at: at(30), by: 'ben', watchUntil: at(60) },
  { type: 'closed', at: at(60), reason: 'quiet' },
];

test('counts from the declaration, and to the end of the impact that lasted', () => {
  expect(figures(night)).toMatchObject({
    detectMs: ms(2),
    acknowledgeMs: ms(3),
    engageMs: ms(3),
    mitigateMs: ms(12),
    resolveMs: ms(30),
  });
});

test('counts pages by what became of them, and by person', () => {
  expect(figures(night)).toMatchObject({
    pages: { sent: 2, failed: 1, uncertain: 0, acknowledged: 1, late: 1 },
    pagesPerPerson: { ana: 2, ben: 1 },
  });
});

test('counts as escalation what goes beyond the first step of an engagement, also of one begun anew', () => {
  expect(figures(night).escalations).toBe(2);
  expect(figures([...night, opened, step(0, 61)]).escalations).toBe(2);
  expect(figures([...night, opened, step(0, 61), step(1, 62)]).escalations).toBe(3);
});

test('leaves undefined what is not known', () => {
  expect(figures([declared])).toMatchObject({
    detectMs: ms(2),
    acknowledgeMs: undefined,
    engageMs: undefined,
    mitigateMs: undefined,
    resolveMs: undefined,
  });
  expect(figures([])).toMatchObject({ detectMs: undefined, pages: { sent: 0 }, escalations: 0 });
});

test('what came back is neither mitigated nor resolved', () => {
  const reopened: Event = { type: 'reopened', at: at(40), by: 'ben', reason: 'errors again' };

  expect(figures([...night, reopened])).toMatchObject({ mitigateMs: undefined, resolveMs: undefined });
});

test('who declines or is refused has not engaged, who notes something has', () => {
  const declined: Event = { type: 'declined', at: at(1), by: 'ana' };
  const refused: Event = { ...everyEvent.refused, at: at(2) };
  const noted: Event = { ...everyEvent.noted, at: at(4) };

  expect(figures([declared, declined, refused, noted])).toMatchObject({ engageMs: ms(4), acknowledgeMs: undefined });
});

test('the clocks of a promoted watch start with its promotion', () => {
  const promotedAt: Event = { ...everyEvent.promoted, at: at(100) };

  expect(figures([declared, acknowledged(5), promotedAt, acknowledged(103)])).toMatchObject({ acknowledgeMs: ms(3) });
});

test('a promise is kept by the next word in time, broken by a late one, and open until it is due', () => {
  expect(figures([declared, promised(0, 20), promised(20, 40)], at(30)).updates).toEqual({
    promised: 2,
    kept: 1,
    late: 0,
  });
  expect(figures([declared, promised(0, 20), promised(25, 45)], at(30)).updates).toEqual({
    promised: 2,
    kept: 0,
    late: 1,
  });
  expect(figures([declared, promised(0, 20)], at(30)).updates).toEqual({ promised: 1, kept: 0, late: 1 });
});

test('a person’s own announcement and the end keep a promise as well', () => {
  const announced: Event = { ...everyEvent.told, at: at(15), by: 'cem', occasion: 'update' };
  const closed: Event = { ...everyEvent.closed, at: at(15) };

  expect(figures([declared, promised(0, 20), announced], at(60)).updates.kept).toBe(1);
  expect(figures([declared, promised(0, 20), closed], at(60)).updates.kept).toBe(1);
});
