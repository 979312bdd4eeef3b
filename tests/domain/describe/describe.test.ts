import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engagementCalled } from '../../../src/domain/describe/words.js';
import { describe as saying } from '../../../src/domain/describe/describe.js';
import type { Event } from '../../../src/domain/event.js';
import { alert, at, everyEvent } from './timeline.js';

const events: Event[] = Object.values(everyEvent);
const names = { ana: 'Ana', ben: 'Ben', cem: 'Cem', 'task:assess-scope': 'Assess scope and impact' };

test.each(events.map((event) => [event.type, event] as const))(
  'says in one plain line what %s means',
  (_type, event) => {
    const sentence = saying(event, names);

    expect(sentence).toMatch(/^[\w"].{10,}$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\n|\.\.$/);
  },
);

test('speaks of people and tasks by their names, and by their ids where no name is known', () => {
  expect(saying(everyEvent.taskDone, names)).toBe('Ana completed "Assess scope and impact": only the checkout.');
  expect(saying(everyEvent.taskDone)).toBe('ana completed "assess-scope": only the checkout.');
});

test('tells whom a step pages, how late, and what was passed over', () => {
  expect(saying(everyEvent.stepTaken, names)).toBe(
    'The second step for the response, second round: Ana and Ben are paged, 1m 30s late and passing over 1 earlier step.',
  );
});

test('says that nobody has checked who somebody is, unless the API vouches for it', () => {
  expect(saying(everyEvent.acknowledged, names)).toContain('Ana (by link, identity not proven)');
  expect(saying(everyEvent.approved, names)).toContain('Cem (by api) approved');
});

test('keeps a text from outside to one printable line', () => {
  const hostile = alert({ summary: 'down\r\nBcc: all\u001b[2J\u202Egnp.exe' });
  const sentence = saying({ type: 'alerted', at: at(0), tallies: [{ alert: hostile, count: 1, lastAt: at(0) }] });

  expect(sentence).toBe('A monitoring alert said: down Bcc: all [2J gnp.exe.');
});

test('ends with one full stop, also when the reason brings its own', () => {
  expect(saying({ ...everyEvent.closed, reason: 'All quiet.' })).toBe('The crisis is closed: All quiet.');
});

test('takes an id such as __proto__ for nothing but an id', () => {
  expect(saying({ ...everyEvent.taskDone, by: '__proto__', task: 'constructor' }, names)).toBe(
    '__proto__ completed "constructor": only the checkout.',
  );
});

const anyText = fc.string({ unit: 'binary', maxLength: 400 });

/** The same event with every text in it replaced, as an attacker or a careless monitor would fill it. */
const withTexts = (event: Event, text: string, fields: readonly string[]): Event =>
  JSON.parse(JSON.stringify(event), (key, value: unknown) =>
    fields.includes(key) && typeof value === 'string' ? text : value,
  ) as Event;

test('stays one printable line whatever texts an event holds', () => {
  const free = ['reason', 'note', 'text', 'title', 'summary', 'why', 'by', 'person', 'task', 'question', 'authority'];
  fc.assert(
    fc.property(fc.constantFrom(...events), anyText, (event, text) => {
      const sentence = saying(withTexts(event, text, free), names);
      // eslint-disable-next-line no-control-regex -- exactly what must not come through
      return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(sentence);
    }),
    { numRuns: 2000 },
  );
});

test('who is called because a procedure cannot go on is said by its name', () => {
  const engagement = 'procedure:contain:25';

  expect(engagementCalled({ 'procedure:contain': 'Containment' }, engagement)).toBe(
    '"Containment", which needs a person',
  );
});
