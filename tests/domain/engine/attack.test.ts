import { expect, test } from '@jest/globals';
import { declared, hour, minute, planFor, second, threeInTheMorning } from '../../support/plan.js';
import { securityIncident } from '../../../src/playbooks/securityIncident.js';
import { at, night } from '../../support/night.js';

const separating = { separatesAttacks: true } as const;
const opened = ({ effects }: ReturnType<typeof night>) =>
  effects.flatMap(({ effect }) => (effect.kind === 'open' ? [effect] : []));

test('an outage that turns out to be an attack opens one restricted crisis, linked with it', () => {
  const tonight = night({
    plan: separating,
    script: [
      at(minute, 'assess', { by: 'ana', facts: { securityBreach: true } }),
      at(2 * minute, 'assess', { by: 'ana', facts: { securityBreach: true, usersAffected: 5 } }),
    ],
    untilMs: 3 * minute,
  });

  expect(opened(tonight)).toEqual([
    expect.objectContaining({ cause: 'shop', by: 'ana', restricted: true, crisisId: 'shop-20260302-abcde' }),
  ]);
  expect(tonight.eventsOf('linked')).toEqual([expect.objectContaining({ relation: 'turned out to be an attack' })]);
  expect(tonight.eventsOf('attackFound')).toEqual([
    expect.objectContaining({ at: threeInTheMorning + minute, by: 'ana' }),
  ]);
});

test('what is known as an attack from the first alert on is kept apart at once', () => {
  const facts = { completeOutage: true, securityBreach: true };
  const tonight = night({ plan: separating, declaration: declared(facts), untilMs: second });

  expect(opened(tonight)).toHaveLength(1);
});

test('a plan that says nothing of attacks goes on as it always did', () => {
  const script = [at(minute, 'assess', { by: 'ana', facts: { securityBreach: true } })];
  const tonight = night({ script, untilMs: 2 * minute });

  expect(opened(tonight)).toEqual([]);
});

const restricted = {
  crisisId: 'restricted:quiet-heron-4f2a91-20260302-abcde',
  correlationKey: 'restricted:quiet-heron-4f2a91',
  crisisType: 'securityIncident',
  classification: {
    severity: 'P0',
    type: 'securityIncident',
    rule: 'security-breach',
    why: 'Data breach or security compromise',
    facts: { securityBreach: true },
    also: [],
  },
  restricted: { codeName: 'quiet-heron-4f2a91', named: ['carl'] },
} as const;
const secretNight = (script: Parameters<typeof night>[0]['script'] = []) =>
  night({
    plan: { playbook: securityIncident, restricted: { people: ['carl'] } },
    declaration: declared({ securityBreach: true }, restricted),
    script,
    untilMs: hour,
  });

test('a restricted crisis names whom it calls and assigns, and calls nobody who was dismissed', () => {
  const tonight = secretNight([at(30 * second, 'dismiss', { by: 'carl', person: 'ben', reason: 'he has the keys' })]);

  expect(tonight.crisis.restricted?.named).toEqual(expect.arrayContaining(['carl', 'ana', 'chris']));
  expect(tonight.crisis.restricted).toMatchObject({ dismissed: ['ben'] });
  expect(tonight.pagesTo('ben')).toEqual([]);
});

test('whoever was dismissed may be admitted again', () => {
  const { crisis } = secretNight([
    at(second, 'dismiss', { by: 'carl', person: 'ana', reason: 'she was logged in' }),
    at(2 * second, 'admit', { by: 'carl', person: 'ana', reason: 'it was her token, not she' }),
  ]);

  expect(crisis.restricted).toMatchObject({ dismissed: [], named: expect.arrayContaining(['ana']) });
});

test('messages of a restricted crisis say its code name and nothing of the matter', () => {
  const { effects } = secretNight();
  const said = effects.flatMap(({ effect }) => (effect.kind === 'page' || effect.kind === 'tell' ? [effect] : []));

  expect(said.length).toBeGreaterThan(0);
  expect(JSON.stringify(said)).toContain('quiet-heron-4f2a91');
  expect(JSON.stringify(said)).not.toMatch(/checkout|breach|Shop/i);
});

test('a restricted crisis cannot be merged, nor an open one have people dismissed', () => {
  const tonight = secretNight([at(second, 'merge', { by: 'carl', into: 'other' })]);
  const open = night({
    plan: planFor(),
    script: [at(second, 'dismiss', { by: 'ana', person: 'ben', reason: 'r' })],
    untilMs: minute,
  });

  expect(tonight.refusals()).toEqual(['cannot merge: a restricted crisis stays apart; link it instead']);
  expect(open.refusals()).toEqual(['cannot dismiss: everybody may see this crisis']);
});

test('whoever was dismissed can do nothing in it any more, by whatever link or claim', () => {
  const script = [
    at(second, 'dismiss', { by: 'carl', person: 'ana', reason: 'she was logged in' }),
    at(2 * second, 'acknowledge', { by: 'ana' }),
    at(3 * second, 'note', { by: 'ana', text: 'all is well' }),
    at(4 * second, 'note', { by: 'chris', text: 'looking' }),
  ];
  const before = night({
    plan: { playbook: securityIncident, restricted: { people: ['carl'] }, engine: 3 },
    declaration: declared({ securityBreach: true }, restricted),
    script,
    untilMs: hour,
  });

  expect(secretNight(script).refusals()).toEqual([
    'cannot acknowledge: ana was dismissed from this crisis',
    'cannot note: ana was dismissed from this crisis',
  ]);
  expect(before.refusals()).toEqual([]);
});
