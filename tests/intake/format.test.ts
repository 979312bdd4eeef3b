import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Alert } from '../../src/domain/alert.js';
import { Mapping } from '../../src/domain/settings.js';
import { builtInSources, parserOf } from '../../src/intake/format.js';
import { parseReport } from '../../src/intake/report.js';
import { alertsOf, faultsIn, onlyAlert, sender } from './sender.js';

test('a source of its own name is told by the shape of what it sends', () => {
  const parse = parserOf('eu-monitoring');
  const format = (body: unknown) => onlyAlert(parse(body, sender())).format;
  expect(format({ alerts: [{ status: 'firing', labels: {} }] })).toBe('alertmanager');
  expect(format({ event_action: 'resolve', routing_key: 'r', dedup_key: 'd' })).toBe('pagerduty');
  expect(format({ summary: 's' })).toBe('generic');
});

const word = fc.constantFrom(
  'summary',
  'alerts',
  'labels',
  'facts',
  'payload',
  'event_action',
  'trigger',
  'by',
  'firing',
);
const anything = fc.anything({
  key: fc.oneof(word, fc.string()),
  values: [fc.oneof(word, fc.string(), fc.double(), fc.boolean(), fc.constant(null))],
});

test('anything at all gives alerts within their limits or faults, never an exception', () => {
  const mapping = Mapping.parse({ summary: 'summary', labels: 'labels', details: 'facts', startedAt: 'alerts' });
  const parsers = [...builtInSources, 'other'].map(parserOf).concat(parseReport);
  fc.assert(
    fc.property(anything, fc.boolean(), (body, mapped) => {
      for (const parse of parsers) {
        const parsed = parse(body, sender(mapped ? { mapping } : {}));
        if (faultsIn(parsed).length === 0) for (const alert of alertsOf(parsed)) Alert.parse(alert);
      }
    }),
    { numRuns: 2000 },
  );
});
