import { expect, test } from '@jest/globals';
import { hiddenBy } from '../../../src/domain/intake/hiding.js';
import { Settings } from '../../../src/domain/settings.js';
import { alertOf, hour, threeInTheMorning } from '../../support/plan.js';
import { settingsFor } from '../../support/settings.js';

const at = (offsetMs: number) => new Date(threeInTheMorning + offsetMs).toISOString();
const settings = settingsFor({
  smtp: 25,
  more: {
    silences: {
      'noisy-disk': { match: { alertname: 'DiskFull', host: 'a' }, until: at(hour), by: 'ana', reason: 'known' },
    },
    maintenance: { 'db-upgrade': { services: ['shop'], from: at(0), until: at(hour), reason: 'a new version' } },
  },
});
const disk = alertOf({ service: 'disk', labels: { alertname: 'DiskFull', host: 'a' } });

test('a silence hides what matches all of it, until it ends', () => {
  expect(hiddenBy(settings, disk, threeInTheMorning)).toEqual({
    hiddenBy: 'silence noisy-disk',
    hidden: { by: 'ana', reason: 'known', until: threeInTheMorning + hour },
  });
  expect(hiddenBy(settings, disk, threeInTheMorning + hour)).toBeUndefined();
  expect(hiddenBy(settings, { ...disk, labels: { alertname: 'DiskFull' } }, threeInTheMorning)).toBeUndefined();
});

test('maintenance hides the alerts of its services, by their id or name, from its beginning to its end', () => {
  expect(hiddenBy(settings, alertOf({ service: 'SHOP' }), threeInTheMorning)).toEqual({
    hiddenBy: 'maintenance db-upgrade',
    hidden: { reason: 'a new version', until: threeInTheMorning + hour },
  });
  expect(hiddenBy(settings, alertOf({ service: 'shop' }), threeInTheMorning - 1)).toBeUndefined();
  expect(hiddenBy(settings, alertOf({ service: 'cart' }), threeInTheMorning)).toBeUndefined();
});

test('neither a person’s report is hidden nor what says that something is over', () => {
  expect(hiddenBy(settings, { ...disk, format: 'report' }, threeInTheMorning)).toBeUndefined();
  expect(hiddenBy(settings, { ...disk, status: 'resolved' }, threeInTheMorning)).toBeUndefined();
});

test('a silence without an end, of everything, or that ends before it begins is refused', () => {
  const silence = { match: { host: 'a' }, until: at(0), by: 'ana', reason: 'known' };
  const faultOf = (changes: object): string =>
    Settings.shape.silences.safeParse({ one: { ...silence, ...changes } }).error?.issues[0]?.message ?? 'none';
  expect(faultOf({})).toBe('none');
  expect(faultOf({ until: undefined })).toContain('a time with its zone');
  expect(faultOf({ match: {} })).toContain('at least one label');
  expect(faultOf({ from: at(1) })).toContain('an end after the beginning');
});
