import { expect, test } from '@jest/globals';
import { Alert } from '../../src/domain/alert.js';
import { Mapping } from '../../src/domain/settings.js';
import { parseGeneric } from '../../src/intake/generic.js';
import { faultsIn, now, onlyAlert, sender } from './sender.js';

const mapping = Mapping.parse({
  summary: 'event.title',
  dedupKey: 'event.cycle',
  service: 'tags.0.service',
  status: 'event.transition',
  resolvedWhen: ['Recovered'],
  severity: 'event.priority',
  details: 'event.body',
  link: 'event.url',
  startedAt: 'event.at',
  labels: 'event.tags',
});
const vendor = {
  event: {
    title: 'Latency above 2 s',
    cycle: 184467,
    transition: 'Triggered',
    priority: 'warn',
    body: 'p99 = 2.4 s',
    url: 'https://apm.example/e/1',
    at: 1767605340,
    tags: 'env:prod,fact_performance_degraded:true',
  },
  tags: [{ service: 'search' }],
};

test('a mapping finds everything by dotted paths, in lists too', () => {
  const alert = onlyAlert(parseGeneric(vendor, sender({ mapping, detection: 'performance warning' })));
  expect(alert).toMatchObject({
    detection: 'performance warning',
    status: 'firing',
    dedupKey: '184467',
    summary: 'Latency above 2 s',
    service: 'search',
    details: 'p99 = 2.4 s',
    link: 'https://apm.example/e/1',
    startedAt: Date.UTC(2026, 0, 5, 9, 29),
    labels: { env: 'prod', fact_performance_degraded: 'true' },
    facts: { performanceDegraded: true, sourceSeverity: 'warning' },
  });
  expect(() => Alert.parse(alert)).not.toThrow();
});

test('a mapped status that is listed as resolved resolves', () => {
  const body = { ...vendor, event: { ...vendor.event, transition: 'Recovered' } };
  expect(onlyAlert(parseGeneric(body, sender({ mapping }))).status).toBe('resolved');
});

test('a body without the mapped summary is refused with the place the mapping points to', () => {
  expect(faultsIn(parseGeneric({ event: {} }, sender({ mapping })))).toMatchObject([{ pointer: '/event/title' }]);
  expect(faultsIn(parseGeneric(null, sender({ mapping })))).toHaveLength(1);
});

test('a mapping cannot reach what objects inherit', () => {
  const reaching = Mapping.parse({ summary: 'constructor.name' });
  expect(faultsIn(parseGeneric({}, sender({ mapping: reaching })))).toHaveLength(1);
});

test('our own words need no mapping', () => {
  const body = {
    summary: 'Orders are not written',
    service: 'orders',
    severity: 'critical',
    startedAt: '2026-01-05T09:20:00Z',
    labels: { replica: 3, primary: false },
    facts: { dataLoss: true, usersAffectedPercent: 12.5 },
  };
  expect(onlyAlert(parseGeneric(body, sender()))).toMatchObject({
    status: 'firing',
    service: 'orders',
    labels: { replica: '3', primary: 'false' },
    facts: { dataLoss: true, usersAffectedPercent: 12.5, sourceSeverity: 'critical' },
    startedAt: now - 600_000,
  });
});

test('the same alert without a key has the same key when it comes again and when it resolves', () => {
  const key = (body: object) => onlyAlert(parseGeneric(body, sender())).dedupKey;
  const firing = key({ summary: 'Disk full', service: 'db' });
  expect(key({ summary: 'Disk full', service: 'db', status: 'resolved' })).toBe(firing);
  expect(key({ summary: 'Disk full', service: 'cache' })).not.toBe(firing);
});

test('two long keys that differ at the end stay two', () => {
  const key = (end: string) =>
    onlyAlert(parseGeneric({ summary: 's', dedupKey: 'k'.repeat(600) + end }, sender())).dedupKey;
  expect(key('a')).toHaveLength(512);
  expect(key('a')).not.toBe(key('b'));
});

test('a mistyped name of a fact is told, and a wrong value refused', () => {
  const mistyped = onlyAlert(parseGeneric({ summary: 's', facts: { completeOutge: true } }, sender()));
  expect(mistyped.details).toContain('fact completeOutge');
  expect(faultsIn(parseGeneric({ summary: 's', facts: { usersAffectedPercent: 150 } }, sender()))).toEqual([
    { pointer: '/facts/usersAffectedPercent', detail: 'Too big: expected number to be <=100; got 150' },
  ]);
});

test('a start in the future is now', () => {
  expect(onlyAlert(parseGeneric({ summary: 's', startedAt: now + 5000 }, sender())).startedAt).toBe(now);
});
