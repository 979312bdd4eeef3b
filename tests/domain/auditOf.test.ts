import { expect, test } from '@jest/globals';
import { auditOf } from '../../src/domain/auditOf.js';
import { AuditEntry } from '../../src/domain/audit.js';
import type { Act, Event } from '../../src/domain/event.js';
import { everyEvent } from './describe/timeline.js';

const act: Act = {
  command: 'approve',
  by: 'ana',
  via: 'link',
  key: 'link',
  target: 'C-1/approval/3',
  authority: { kind: 'role', of: ['technical-lead'] },
};
const audited = (event: Event) => auditOf('C-1', { seq: 7, event });

test('whatever happens, what is audited of it is a whole entry', () => {
  for (const event of Object.values(everyEvent))
    for (const { key, ...entry } of audited({ ...event, act })) {
      expect(key).toMatch(/^C-1\/7(\/deed)?$/);
      expect(AuditEntry.parse(entry)).toEqual(entry);
    }
});

test('a command is audited once, by its first event, with how its actor is known', () => {
  const noted: Event = { type: 'noted', at: 5, by: 'ana', text: 'x' };
  const whoOf = (given: Partial<Act>) =>
    audited({ ...noted, act: { command: 'note', by: 'ana', authority: act.authority, ...given } })[0]?.who;

  expect(audited(noted)).toEqual([]);
  expect(whoOf({ key: 'link' })).toEqual({ id: 'ana', proof: 'signed link' });
  expect(whoOf({ key: 'k9x' })).toEqual({ id: 'ana', proof: 'api key', key: 'k9x' });
  expect(whoOf({})).toEqual({ id: 'ana', proof: 'not proven' });
  expect(whoOf({ by: 'firebreak', via: 'temporal' })).toEqual({ id: 'firebreak', proof: 'not proven' });
});

test('a refusal says why, and that there was no authority', () => {
  const refused: Event = {
    type: 'refused',
    at: 5,
    by: 'ana',
    command: 'approve',
    reason: 'whoever asks cannot approve',
  };

  expect(audited({ ...refused, act: { ...act, authority: { kind: 'none', of: [] } } })).toMatchObject([
    { what: 'approve', outcome: 'refused', why: 'whoever asks cannot approve', authority: { kind: 'none' } },
  ]);
});

test('what runs is audited with its authority and its end, and a look at whether it helped is not', () => {
  const { actionStarted, actionEnded } = everyEvent;
  const grant = { kind: 'approval', of: ['chris'] } as const;

  expect(audited({ ...actionStarted, purpose: 'do', grant: { ...grant, of: ['chris'] } })).toMatchObject([
    { what: 'start action', who: { id: 'firebreak' }, authority: grant },
  ]);
  expect(audited({ ...actionEnded, purpose: 'do' })).toMatchObject([{ what: 'action ended', outcome: 'failed' }]);
  expect(audited({ ...actionStarted, purpose: 'verify', grant: { ...grant, of: [] } })).toEqual([]);
});

test('of a restricted crisis no words go into the audit, which others read: its own timeline has them', () => {
  const refused: Event = {
    type: 'refused',
    at: 5,
    by: 'ana',
    command: 'approve',
    reason: 'the vault of heron is open',
  };
  const authority = { kind: 'break-glass' as const, of: [], reason: 'heron has the keys' };
  const entries = auditOf('restricted:calm-heron-4f2a91-20260301-abcde', {
    seq: 7,
    event: { ...refused, act: { ...act, authority } },
  });

  expect(entries).toMatchObject([
    {
      what: 'approve',
      outcome: 'refused',
      authority: { kind: 'break-glass' },
      why: 'entry 7 of its timeline says why',
    },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/vault|has the keys/);
});

test.each(['collect', 'link'])('nor what people named, or which other crisis it is about: %s', (command) => {
  const event: Event = { type: 'noted', at: 5, by: 'ana', text: '', act: { ...act, command, target: 'shop-laptop' } };

  expect(auditOf('restricted:calm-heron-4f2a91-20260301-abcde', { seq: 7, event })).toMatchObject([
    { what: command, on: { crisis: 'restricted:calm-heron-4f2a91-20260301-abcde' } },
  ]);
  expect(JSON.stringify(auditOf('restricted:calm-heron-4f2a91-20260301-abcde', { seq: 7, event }))).not.toContain(
    'shop',
  );
  expect(auditOf('shop-20260301-abcde', { seq: 7, event })).toMatchObject([{ on: { target: 'shop-laptop' } }]);
});
