import { expect, test } from '@jest/globals';
import { placeholderFaults } from '../../src/domain/placeholders.js';
import { readRunbooks } from '../../src/runbooks/markdown.js';
import { portalSettings, shopSettings } from './support/settings.js';

const environment = { SHOP_URL: 'http://127.0.0.1:7500', SHOP_STATE: '/tmp/the shop' };
const settings = shopSettings(environment);
const portal = portalSettings({ PORTAL_URL: 'http://127.0.0.1:7501', PORTAL_STATE: '/tmp/the portal' });

test.each([
  ['shop', settings],
  ['portal', portal],
])('the configuration of the %s names only people, schedules, actions and rungs that it has', (_, settings) => {
  const people = Object.keys(settings.people);
  const named = [
    ...Object.values(settings.schedules).flatMap((schedule) => schedule.people),
    ...Object.values(settings.teams).flatMap((team) => team.people),
    ...settings.ladder.flatMap((rung) => rung.people),
    ...Object.values(settings.audiences).flatMap((audience) => audience.people),
  ];
  const actions = Object.values(settings.services).flatMap(({ slots, monitoring }) => [
    ...Object.values(slots),
    ...monitoring,
  ]);
  const followUps = Object.values(settings.actions).flatMap(({ verify, undo }) => [verify ?? [], undo ?? []].flat());

  expect(people).toEqual(expect.arrayContaining(named));
  expect(Object.keys(settings.actions)).toEqual(expect.arrayContaining([...actions, ...followUps]));
  expect(Object.values(settings.actions).flatMap(placeholderFaults)).toEqual([]);
});

test('the shop’s runbooks are sound and belong to a service of its own', () => {
  const { runbooks, faults } = readRunbooks('examples/shop/runbooks', environment);

  expect(faults).toEqual([]);
  expect(runbooks.map(({ id }) => id)).toEqual(['checkout-down', 'database-slow']);
  for (const { services, text } of runbooks) {
    expect(Object.keys(settings.services)).toEqual(expect.arrayContaining(services));
    expect(text).toMatch(/^# /);
  }
});
