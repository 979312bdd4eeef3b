import { expect, test } from '@jest/globals';
import { createLookUpActivity } from '../../src/activities/lookUp.js';
import { rosterAt } from '../../src/domain/roster.js';
import { Settings } from '../../src/domain/settings.js';

const person = (name: string) => ({ name, contacts: [{ channel: 'email', to: `${name}@example.com` }] });
const settings = Settings.parse({
  people: Object.fromEntries(['ana', 'ben', 'cem', 'dee', 'eva'].map((name) => [name, person(name)])),
  schedules: {
    first: { people: ['ana', 'ben'], startsAt: '2026-01-05T09:00:00' },
    second: { people: ['ben', 'ana'], startsAt: '2026-01-05T09:00:00' },
    lead: { people: ['cem'] },
  },
  teams: {
    shop: { people: ['dee', 'ana'], oncall: { primary: 'first', secondary: 'second', commander: 'lead' } },
    core: { oncall: { primary: 'lead', secondary: 'nowhere' } },
  },
  defaultTeam: 'core',
  services: {},
  channels: {},
});
const monday = Date.parse('2026-01-05T12:00:00Z');
const week = 7 * 86_400_000;

test('a roster names who is on call now, everyone of the rotation once, and how to reach them', () => {
  expect(rosterAt(settings, 'shop', monday)).toEqual({
    asOf: monday,
    primary: ['ana'],
    secondary: ['ben'],
    commander: ['cem'],
    rotation: ['ana', 'ben', 'cem', 'dee'],
    people: settings.people,
  });
  expect(rosterAt(settings, 'shop', monday + week)).toMatchObject({ primary: ['ben'], secondary: ['ana'] });
});

test('an unknown team is answered by the default team, so that somebody is paged', () => {
  expect(rosterAt(settings, 'nobody', monday)).toEqual(rosterAt(settings, 'core', monday));
});

test('a seat whose schedule is missing stays empty and keeps nobody else from being paged', () => {
  expect(rosterAt(settings, 'core', monday)).toMatchObject({ primary: ['cem'], secondary: [], commander: [] });
});

test('a look-up uses the configuration as it is at that moment', async () => {
  let current = settings;
  const lookUp = createLookUpActivity({ settings: () => current, now: () => monday });
  expect(await lookUp('shop')).toMatchObject({ primary: ['ana'] });

  current = {
    ...settings,
    schedules: { ...settings.schedules, first: { ...settings.schedules['first']!, people: ['eva'] } },
  };
  expect(await lookUp('shop')).toMatchObject({ asOf: monday, primary: ['eva'] });
});
