import { expect, test } from '@jest/globals';
import { Action } from '../../../src/domain/action.js';
import { AuthorityRules } from '../../../src/domain/authorityRules.js';
import type { Plan } from '../../../src/domain/plan.js';
import { securityIncident } from '../../../src/playbooks/securityIncident.js';
import { securityTellings } from '../../../src/playbooks/tellings.js';
import { at, night } from '../../support/night.js';
import { declared, hour, minute, planFor, second } from '../../support/plan.js';

const action = (fields: object = {}) =>
  Action.parse({ kind: 'command', argv: ['true'], title: 'an action', risk: 'safe', ...fields });
const slots = ['isolate', 'preserve', 'scope', 'accessControls'];
const rotate = action({ title: 'Replace every token of the portal', risk: 'destructive', mayRun: ['technical-lead'] });

/** A break-in in which everything is said that a message could carry on. */
const breakIn = (plan: Partial<Plan> = {}, script: Parameters<typeof night>[0]['script'] = []) =>
  night({
    declaration: declared(
      { securityBreach: true, dataLoss: true },
      { crisisType: 'securityIncident', restricted: { codeName: 'quiet-heron-4f2a91', named: ['carl', 'ana'] } },
    ),
    plan: {
      playbook: securityIncident,
      actions: { ...Object.fromEntries(slots.map((slot) => [slot, action()])), rotate },
      slots: Object.fromEntries(slots.map((slot) => [slot, slot])),
      restricted: { people: ['carl'] },
      tellings: securityTellings,
      audiences: { legal: { title: 'Legal', people: ['dana', 'eve'], contacts: [], outside: false } },
      authority: AuthorityRules.parse({}),
      ...plan,
    },
    actions: { preserve: { status: 'failed', summary: 'host portal-3 of Mallory does not answer' } },
    script,
    untilMs: 5 * hour,
  });
const messagesOf = ({ effects }: ReturnType<typeof breakIn>) =>
  effects.flatMap(({ effect }) => (effect.kind === 'page' || effect.kind === 'tell' ? [effect] : []));

const spoken = [
  at(minute, 'acknowledge', { by: 'ana' }),
  at(2 * minute, 'mitigate', { by: 'ana' }),
  at(3 * minute, 'escalate', { by: 'ana', reason: 'Mallory has a back door' }),
  at(4 * minute, 'resolve', { by: 'ana', reason: 'Mallory is gone' }),
  at(5 * minute, 'reopen', { by: 'ana', reason: 'Mallory came back' }),
];
const matter = /Mallory|portal|breach|Containment|eradication|data is being looked into/i;

test('nothing that people wrote, that actions printed, or that says what kind of crisis it is goes into a message', () => {
  const tonight = breakIn({}, spoken);

  expect(JSON.stringify(tonight.crisis)).toMatch(/Mallory/);
  expect(messagesOf(tonight).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['page', 'tell']));
  const said = messagesOf(tonight).filter((effect) => matter.test(JSON.stringify(effect)));
  expect(said.slice(0, 1)).toEqual([]);
});

test('management still hears that a procedure needs somebody, and the timeline says why', () => {
  const tonight = breakIn();
  const asked = messagesOf(tonight).flatMap((effect) => (effect.kind === 'tell' ? [effect.fields.asked] : []));

  expect(asked).toContain('A procedure needs a person. Firebreak shows more to those it names.');
  expect(tonight.eventsOf('managementTold')).toContainEqual(
    expect.objectContaining({ reason: expect.stringContaining('portal-3') }),
  );
});

test('whoever was dismissed is not told either, whatever audience they are in', () => {
  const tonight = breakIn({}, [
    at(second, 'dismiss', { by: 'carl', person: 'eve', reason: 'she was logged in' }),
    ...spoken,
  ]);
  const later = messagesOf(tonight).flatMap((effect) =>
    effect.kind === 'tell' && effect.audienceId === 'legal' ? [effect.audience.people] : [],
  );

  expect(later[0]).toEqual(['dana', 'eve']);
  expect(later.slice(1).length).toBeGreaterThan(0);
  expect(later.slice(1).flat()).not.toContain('eve');
});

test('a crisis from before goes on in the words that it began with', () => {
  const tonight = breakIn({ engine: 3 }, spoken);

  expect(messagesOf(tonight).some((effect) => matter.test(JSON.stringify(effect)))).toBe(true);
  expect(planFor().engine).toBeGreaterThan(3);
});
