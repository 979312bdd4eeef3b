import { expect, test } from '@jest/globals';
import { Action, type ActionResult } from '../../../src/domain/action.js';
import { AuthorityRules } from '../../../src/domain/authorityRules.js';
import type { EvidenceNote } from '../../../src/domain/evidence.js';
import { securityIncident } from '../../../src/playbooks/securityIncident.js';
import { at, night } from '../../support/night.js';
import { declared, minute, planFor, second } from '../../support/plan.js';

const action = (fields: object = {}) =>
  Action.parse({ kind: 'command', argv: ['true'], title: 'an action', risk: 'safe', ...fields });
const slots = ['isolate', 'preserve', 'scope', 'accessControls'];
const actions = Object.fromEntries(slots.map((slot) => [slot, action()]));
const filled = Object.fromEntries(slots.map((slot) => [slot, slot]));

const note = (seq: number): EvidenceNote => ({
  did: 'collected',
  item: `piece ${seq}`,
  seq,
  hash: `${seq}`.repeat(64),
  said: 'the file /var/log/auth.log',
});

const breach = (changes: Partial<Parameters<typeof night>[0]> = {}) =>
  night({
    declaration: declared({ securityBreach: true }, { crisisType: 'securityIncident' }),
    untilMs: 10 * minute,
    ...changes,
    plan: { playbook: securityIncident, actions, slots: { ...filled, verify: 'healthy' }, ...changes.plan },
  });

const done = ({ eventsOf }: ReturnType<typeof night>): string[] => eventsOf('actionStarted').map((each) => each.action);
const tasks = ['initiate-containment', 'isolate', 'preserve-evidence', 'assess-scope', 'access-controls'];

test('containment begins with the crisis, in its order, and ticks off what it has done', () => {
  const tonight = breach();

  expect(done(tonight)).toEqual(slots);
  expect(tonight.crisis.procedures['contain']?.status).toBe('succeeded');
  for (const task of tasks) expect(tonight.crisis.tasks[task]).toMatchObject({ status: 'done', by: 'firebreak' });
  expect(tonight.crisis.status).toBe('mitigated');
});

test('what an action has collected is on the timeline, and counts as nobody’s deed', () => {
  const collected: Partial<ActionResult> = { evidence: [note(0), note(1)] };
  const tonight = breach({ actions: { preserve: collected } });

  expect(tonight.eventsOf('evidenceKept').map(({ by, entry }) => [by, entry.seq])).toEqual([
    ['firebreak', 0],
    ['firebreak', 1],
  ]);
  expect(tonight.crisis.evidence).toEqual({ items: 2, last: { seq: 1, hash: '1'.repeat(64) } });
});

test('where nothing is configured the task waits for a person, and nobody is called because of it', () => {
  const tonight = breach({ plan: { slots: {} } });

  expect(tonight.crisis.procedures['contain']).toBeUndefined();
  expect(tonight.crisis.tasks['initiate-containment']).toMatchObject({ status: 'failed' });
  expect(tonight.eventsOf('engagementOpened').map(({ engagement }) => engagement)).not.toContainEqual(
    expect.stringContaining('procedure:'),
  );
});

test('a step that fails stops it, calls the commander and tells the CTO', () => {
  const tonight = breach({ actions: { preserve: { status: 'failed', summary: 'the disk is full' } } });

  expect(done(tonight)).toEqual(['isolate', 'preserve']);
  expect(tonight.crisis.procedures['contain']).toMatchObject({ status: 'asking', question: 'the disk is full' });
  expect(tonight.pagesTo('chris').length).toBeGreaterThan(0);
  expect(tonight.eventsOf('managementTold')).toContainEqual(
    expect.objectContaining({ rung: 'cto', reason: expect.stringContaining('Containment needs a person') }),
  );
});

test('what is destructive waits for somebody who may approve it', () => {
  const guarded = { ...actions, accessControls: action({ risk: 'destructive', mayRun: ['technical-lead'] }) };
  const tonight = breach({ plan: { actions: guarded, authority: AuthorityRules.parse({}) }, untilMs: 5 * second });

  expect(done(tonight)).toEqual(['isolate', 'preserve', 'scope']);
  expect(Object.values(tonight.crisis.approvals)).toMatchObject([
    { action: 'accessControls', status: 'open', needs: 1 },
  ]);
});

test('nobody puts evidence on the timeline by a claim', () => {
  const script = [at(second, 'collect', { by: 'ana', entry: note(0) })];
  const claimed = breach({ plan: { authority: planFor().authority ?? AuthorityRules.parse({}) }, script });

  expect(claimed.refusals()).toEqual(['cannot collect: the identity of ana is not proven']);
  expect(claimed.eventsOf('evidenceKept')).toEqual([]);
});

test('of a restricted crisis only those it names are asked, by a mail that says nothing of the matter', () => {
  const secret = action({ title: 'Replace every token', risk: 'destructive', mayRun: ['technical-lead'] });
  const ask = (named: readonly string[]) =>
    breach({
      declaration: declared(
        { securityBreach: true },
        { crisisType: 'securityIncident', restricted: { codeName: 'quiet-heron-4f2a91', named } },
      ),
      plan: {
        actions: { ...actions, accessControls: secret },
        authority: AuthorityRules.parse({}),
        policies: { ...planFor().policies, P0: { ...planFor().policies.P0, steps: [] } },
      },
      untilMs: 5 * second,
    }).effects.flatMap(({ effect }) => (effect.kind === 'tell' && effect.asks ? [effect] : []));

  expect(ask(['dana'])).toEqual([]);
  const [asked] = ask(['ana', 'dana']);
  expect(asked?.audience.people).toEqual(['ana']);
  expect(JSON.stringify(asked)).not.toContain('Replace every token');
});
