import { describe, expect, test } from '@jest/globals';
import { Action, risks } from '../../../src/domain/action.js';
import type { Authority } from '../../../src/domain/audit.js';
import { AuthorityRules } from '../../../src/domain/authorityRules.js';
import { parseCommand, type CommandName } from '../../../src/domain/command.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import { decide } from '../../../src/domain/engine/decide.js';
import { due } from '../../../src/domain/engine/clocks.js';
import { blank } from '../../../src/domain/engine/state.js';
import type { Event, EventOf, EventType } from '../../../src/domain/event.js';
import type { Plan } from '../../../src/domain/plan.js';
import { roleIds } from '../../../src/domain/role.js';
import { declared, minute, people, planFor, threeInTheMorning } from '../../support/plan.js';

const [mayRun, mayBreak] = [['operations-lead'], ['security-lead']] as const;

const action = (risk: (typeof risks)[number], fields: object = {}) =>
  Action.parse({ kind: 'command', argv: ['true'], title: `${risk} action`, risk, mayRun, ...fields });

const person = (...roles: string[]) => ({ ...people.dana, roles }) as (typeof people)['dana'];

/** Somebody for every role, somebody without one, and one who asks. */
const everybody = {
  ...Object.fromEntries(roleIds.map((role) => [role, person(role)])),
  nobody: person(),
  asker: person('operations-lead'),
  other: person('operations-lead'),
};

const plan: Plan = planFor({
  authority: AuthorityRules.parse({ breakGlass: { roles: mayBreak } }),
  actions: {
    safe: action('safe'),
    guarded: action('guarded'),
    destructive: action('destructive'),
    recklessly: action('destructive', { approvals: 0 }),
    freely: action('guarded', { approvals: 0 }),
    byTwo: action('guarded', { approvals: 2 }),
    early: action('guarded', { preAuthorisedForMs: 5 * minute }),
  },
  slots: {},
  monitoring: { actions: [], probes: [] },
  approvalLapsesAfterMs: 15 * minute,
  roster: { ...planFor().roster, primary: [], secondary: [], commander: [], rotation: [], people: everybody },
});

type Given = { by: string; proven?: boolean; at?: number } & Record<string, unknown>;

/** A crisis to which things are done, one after the other; the clocks do not strike by themselves. */
const began = (of: Plan = plan) => {
  let crisis: Crisis = decide(blank, of, { type: 'declared', declaration: declared() }, threeInTheMorning).crisis;
  const events: Event[] = [];
  const take = (made: ReturnType<typeof decide>): readonly Event[] => {
    crisis = made.crisis;
    events.push(...made.events);
    return made.events;
  };
  return {
    crisis: () => crisis,
    eventsOf: <Type extends EventType>(type: Type) =>
      events.filter((event): event is EventOf<Type> => event.type === type),
    give: (name: CommandName, { proven = true, at = minute, ...input }: Given) => {
      const parsed = parseCommand(name, input);
      if ('fault' in parsed) throw new Error(parsed.fault);
      const proof = { actor: { kind: 'person', id: input.by, key: 'k1' } } as const;
      const occasion = { type: 'command', command: parsed.command, ...(proven && { proof }) } as const;
      return take(decide(crisis, of, occasion, threeInTheMorning + at));
    },
    strike: (at: number) => {
      const next = due(crisis, of).find(({ what }) => what === 'approvalLapses');
      if (next) take(decide(crisis, of, { type: 'due', due: next }, threeInTheMorning + at));
    },
    request: () => Object.keys(crisis.approvals).at(-1) ?? 'none',
    /** Lets somebody approve what waits, and says what it brings about. */
    approveAs: (by: string) => {
      const request = Object.keys(crisis.approvals).at(-1) ?? 'none';
      const parsed = parseCommand('approve', { by, request });
      if ('fault' in parsed) throw new Error(parsed.fault);
      const proof = { actor: { kind: 'person', id: by, key: 'k1' } } as const;
      const made = decide(crisis, of, { type: 'command', command: parsed.command, proof }, threeInTheMorning + minute);
      take(made);
      return made;
    },
  };
};

const ran = (events: readonly Event[]): EventOf<'actionStarted'> | undefined =>
  events.find((event): event is EventOf<'actionStarted'> => event.type === 'actionStarted');
const refusal = (events: readonly Event[]): string | undefined =>
  events.find((event): event is EventOf<'refused'> => event.type === 'refused')?.reason;

const holders = [...roleIds, 'nobody', 'stranger'] as const;
const holdsRole = (who: string): boolean => who === 'operations-lead' || who === 'asker';
const isDangerous = (risk: string): boolean => risk !== 'safe';

describe('asking to run', () => {
  const cases = risks.flatMap((risk) =>
    holders.flatMap((who) => [true, false].map((proven) => [risk, who, proven] as const)),
  );

  test.each(cases)('%s, by %s, proven %s: runs, is requested, or is refused with the reason', (risk, by, proven) => {
    const night = began();
    const events = night.give('run', { by, proven, what: risk });

    const may = !isDangerous(risk) || (proven && holdsRole(by));
    expect(ran(events) !== undefined).toBe(!isDangerous(risk));
    expect(events.some(({ type }) => type === 'approvalRequested')).toBe(isDangerous(risk) && may);
    if (may) expect(refusal(events)).toBeUndefined();
    else expect(refusal(events)).toMatch(proven ? /holds none of the roles that may run/ : /identity .* is not proven/);
  });
});

describe('approving', () => {
  const moments = [
    ['in time', 10 * minute],
    ['lapsed, and its clock has struck', 16 * minute],
    ['lapsed, while its clock has not struck', 16 * minute],
  ] as const;
  const cases = (['guarded', 'destructive'] as const).flatMap((risk) =>
    [...holders, 'asker'].flatMap((who) =>
      [true, false].flatMap((proven) => moments.map(([when, at]) => [risk, who, proven, when, at] as const)),
    ),
  );

  test.each(cases)('%s, by %s, proven %s, %s', (risk, by, proven, when, at) => {
    const night = began();
    night.give('run', { by: 'asker', what: risk, at: 0 });
    if (when.endsWith('has struck')) night.strike(15 * minute);
    const events = night.give('approve', { by, proven, request: night.request(), at });

    const may = proven && by === 'operations-lead' && when === 'in time';
    expect(ran(events) !== undefined).toBe(may);
    if (may) return expect(ran(events)?.grant).toEqual({ kind: 'approval', of: ['operations-lead'] });
    expect(refusal(events)).toMatch(
      when !== 'in time'
        ? /the request is lapsed/
        : !proven
          ? /identity .* is not proven/
          : by === 'asker'
            ? /whoever asks cannot approve/
            : /holds none of the roles that may approve/,
    );
  });

  test('a forged proof, and one of somebody else, prove nobody', () => {
    const night = began();
    night.give('run', { by: 'asker', what: 'guarded' });
    const parsed = parseCommand('approve', { by: 'other', request: night.request(), proven: true });
    if ('fault' in parsed) throw new Error(parsed.fault);
    const approve = (proof: { fault: string } | { actor: { kind: 'person'; id: string; key: string } }) =>
      decide(night.crisis(), plan, { type: 'command', command: parsed.command, proof }, threeInTheMorning + minute);

    expect(refusal(approve({ fault: 'altered' }).events)).toContain('not proven (the proof is altered)');
    expect(refusal(approve({ actor: { kind: 'person', id: 'asker', key: 'k' } }).events)).toContain(
      'the key is of asker',
    );
  });

  test('a machine under the name of a person proves nobody', () => {
    const night = began();
    night.give('run', { by: 'asker', what: 'guarded' });
    const parsed = parseCommand('approve', { by: 'other', request: night.request() });
    if ('fault' in parsed) throw new Error(parsed.fault);
    const proof = { actor: { kind: 'machine', id: 'other', key: 'k1' } } as const;
    const { events } = decide(
      night.crisis(),
      plan,
      { type: 'command', command: parsed.command, proof },
      threeInTheMorning,
    );

    expect(refusal(events)).toContain('the identity of other is not proven');
    expect(events[0]?.act).not.toHaveProperty('key');
  });

  test('two approvals are of two people, neither of them the one who asks', () => {
    const night = began();
    night.give('run', { by: 'asker', what: 'byTwo' });
    const request = night.request();

    expect(ran(night.give('approve', { by: 'other', request }))).toBeUndefined();
    expect(refusal(night.give('approve', { by: 'other', request }))).toContain('has approved already');
    expect(ran(night.give('approve', { by: 'operations-lead', request }))?.authority).toBe(
      'approved by other and operations-lead',
    );
  });

  test('what destroys something is never done by one person alone, whatever the configuration says', () => {
    const night = began();

    expect(ran(night.give('run', { by: 'asker', what: 'recklessly' }))).toBeUndefined();
    expect(ran(night.give('run', { by: 'asker', what: 'freely' }))?.grant).toEqual({
      kind: 'role',
      of: ['operations-lead'],
    });
  });

  test('policy runs at once in the first minutes, by whoever holds the role, and asks after them', () => {
    const early = began().give('run', { by: 'asker', what: 'early', at: 4 * minute });
    const late = began().give('run', { by: 'asker', what: 'early', at: 5 * minute });
    const forged = began().give('run', { by: 'asker', proven: false, what: 'early', at: minute });

    expect(ran(early)?.grant?.kind).toBe('policy');
    expect(ran(late)).toBeUndefined();
    expect(refusal(forged)).toContain('not proven');
  });
});

describe('rejecting', () => {
  test.each(['operations-lead', 'asker'])('%s may', (by) => {
    const night = began();
    night.give('run', { by: 'asker', what: 'guarded' });
    night.give('reject', { by, request: night.request() });

    expect(Object.values(night.crisis().approvals).map(({ status }) => status)).toEqual(['rejected']);
  });

  test.each([
    ['nobody', true, 'holds none of the roles that may reject'],
    ['operations-lead', false, 'not proven'],
  ] as const)('%s, proven %s, may not', (by, proven, why) => {
    const night = began();
    night.give('run', { by: 'asker', what: 'guarded' });

    expect(refusal(night.give('reject', { by, proven, request: night.request() }))).toContain(why);
  });
});

describe('breaking the glass', () => {
  const cases = holders.flatMap((who) =>
    [true, false].flatMap((proven) => ['it burns', undefined].map((reason) => [who, proven, reason] as const)),
  );

  test.each(cases)('by %s, proven %s, with the reason %s', (by, proven, reason) => {
    const night = began();
    const events = night.give('run', { by, proven, what: 'destructive', breakGlass: true, reason });

    const may = by === 'security-lead' && proven && reason !== undefined;
    expect(ran(events) !== undefined).toBe(may);
    if (!may) expect(refusal(events)).toMatch(/not proven|holds none of the roles|wants a reason/);
  });

  test('is announced upward at once, and is the authority on record', () => {
    const night = began();
    const events = night.give('run', {
      by: 'security-lead',
      what: 'destructive',
      breakGlass: true,
      reason: 'it burns',
    });
    const said = expect.stringContaining('broke the glass to run "destructive action": it burns');

    expect(events).toContainEqual(
      expect.objectContaining({ type: 'managementTold', rung: plan.ladder[0]?.id, reason: said }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'engagementOpened',
        engagement: `rung:${plan.ladder[0]?.id ?? ''}`,
        reason: said,
      }),
    );
    expect(ran(events)?.grant).toEqual({ kind: 'break-glass', of: ['security-lead'], reason: 'it burns' });
    expect(events[0]?.act?.authority).toMatchObject({ kind: 'break-glass' } satisfies Partial<Authority>);
  });

  test('settles a request that waits for others', () => {
    const night = began();
    night.give('run', { by: 'asker', what: 'byTwo' });
    const events = night.give('approve', {
      by: 'security-lead',
      request: night.request(),
      breakGlass: true,
      reason: 'now',
    });

    expect(ran(events)?.authority).toBe('security-lead broke the glass: now');
  });
});

describe('roles given in the crisis', () => {
  const give = (by: string, proven: boolean) => {
    const night = began();
    night.give('assign', { by, proven, role: 'operations-lead', person: 'nobody' });
    night.give('run', { by: 'asker', what: 'guarded' });
    return ran(night.give('approve', { by: 'nobody', request: night.request() })) !== undefined;
  };

  test('count when the commander gives them, or who holds them, and has proven to be', () => {
    expect([give('incident-commander', true), give('operations-lead', true)]).toEqual([true, true]);
    expect([give('incident-commander', false), give('nobody', true), give('reviewer', true)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('nobody becomes a lead who may run things by acknowledging unasked', () => {
    const leads = planFor({ ...plan, actions: { guarded: action('guarded', { mayRun: ['technical-lead'] }) } });
    const night = began(leads);
    night.give('acknowledge', { by: 'nobody' });

    expect(night.crisis().roles['technical-lead']).toBe('nobody');
    expect(refusal(night.give('run', { by: 'nobody', what: 'guarded' }))).toContain('holds none of the roles');
  });
});

test('every command bears who gave it, by which authority, and what it was done to', () => {
  const night = began();
  const [noted] = night.give('note', { by: 'nobody', proven: false, text: 'straight through Temporal' });
  const [asked] = night.give('run', { by: 'asker', via: 'cli', what: 'guarded' });
  const [refused] = night.give('approve', { by: 'asker', via: 'link', request: night.request() });

  expect(noted?.act).toEqual({
    command: 'note',
    by: 'nobody',
    via: 'temporal',
    authority: { kind: 'anybody', of: [] },
  });
  expect(asked?.act).toEqual({
    command: 'run',
    by: 'asker',
    via: 'cli',
    key: 'k1',
    target: 'guarded',
    authority: { kind: 'role', of: ['operations-lead'] },
  });
  expect(refused).toMatchObject({ type: 'refused', via: 'link', proven: true, act: { authority: { kind: 'none' } } });
});

test('a request goes to everybody who may approve it, and not to who asks; when nobody may, the timeline says so', () => {
  const parsed = parseCommand('run', { by: 'asker', what: 'guarded', reason: 'it is slow' });
  if ('fault' in parsed) throw new Error(parsed.fault);
  const asks = (of: Plan) => {
    const { crisis } = decide(blank, of, { type: 'declared', declaration: declared() }, threeInTheMorning);
    const proof = { actor: { kind: 'person', id: 'asker', key: 'k1' } } as const;
    return decide(crisis, of, { type: 'command', command: parsed.command, proof }, threeInTheMorning + minute);
  };
  const alone = { ...plan, roster: { ...plan.roster, people: { asker: everybody.asker } } };

  expect(asks(plan).effects).toMatchObject([
    {
      kind: 'tell',
      template: 'approval-request',
      audience: { people: ['operations-lead', 'other'] },
      asks: { by: 'Dana', reason: 'it is slow' },
    },
  ]);
  expect(asks(alone).events).toContainEqual(
    expect.objectContaining({
      type: 'effectFailed',
      reason: expect.stringContaining('in need the glass can be broken'),
    }),
  );
});

describe('words for people outside', () => {
  const write = { audience: 'customers', text: 'We are back in ten minutes.' };
  const told = (events: readonly Event[]) =>
    events.filter((event): event is EventOf<'told'> => event.type === 'told' && event.text === write.text);
  const cases = holders.flatMap((who) => [true, false].map((proven) => [who, proven] as const));

  test.each(cases)('by %s, proven %s: go out, or wait for the commander', (by, proven) => {
    const night = began();
    const events = night.give('announce', { by, proven, ...write });

    const may = proven && by === 'incident-commander';
    expect(told(events)).toHaveLength(may ? 1 : 0);
    expect(events.some(({ type }) => type === 'approvalRequested')).toBe(!may);
  });

  test.each(cases)('that wait: approved by %s, proven %s', (by, proven) => {
    const night = began();
    night.give('announce', { by: 'reviewer', ...write });
    const events = night.give('approve', { by, proven, request: night.request() });

    const may = proven && by === 'incident-commander';
    expect(told(events)).toHaveLength(may ? 1 : 0);
    if (!may) expect(refusal(events)).toMatch(/is not proven|holds none of the roles that may approve|cannot approve/);
  });

  test('go out as they were written, with who wrote and who approved them', () => {
    const night = began();
    night.give('announce', { by: 'asker', proven: false, ...write });
    const { effects } = night.approveAs('incident-commander');

    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'tell',
        audienceId: 'customers',
        fields: expect.objectContaining({ text: write.text, author: 'Dana', approver: 'Dana' }),
      }),
    );
    expect(night.eventsOf('updatePromised').at(-1)?.at).toBe(threeInTheMorning + minute);
  });

  test('that nobody approves in time never go out, and broken glass lets them', () => {
    const lapsed = began();
    lapsed.give('announce', { by: 'asker', ...write });
    lapsed.strike(15 * minute);
    expect(
      refusal(lapsed.give('approve', { by: 'incident-commander', request: lapsed.request(), at: 16 * minute })),
    ).toContain('the request is lapsed');
    const broken = began();
    broken.give('announce', { by: 'asker', ...write });
    const events = broken.give('approve', {
      by: 'security-lead',
      request: broken.request(),
      breakGlass: true,
      reason: 'the commander sleeps',
    });
    expect(told(events)).toHaveLength(1);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'managementTold', reason: expect.stringContaining('"Tell Customers"') }),
    );
  });

  test('for reporters and lawyers need two', () => {
    const press = planFor({
      ...plan,
      tellings: [{ template: 'media-response', audience: 'customers', on: ['end'], severities: ['P0'] }],
    });
    const night = began(press);
    night.give('announce', { by: 'incident-commander', ...write });
    expect(night.eventsOf('told').filter(({ text }) => text === write.text)).toEqual([]);
    expect(Object.values(night.crisis().approvals)).toMatchObject([{ needs: 1, by: 'incident-commander' }]);
  });

  test.each([
    ['people inside', {}, 'engineering'],
    ['those outside, where nobody has to approve', { outsideText: { required: false } }, 'customers'],
  ])('for %s go out at once', (_, rules, audience) => {
    const night = began({ ...plan, authority: AuthorityRules.parse(rules) });
    expect(told(night.give('announce', { by: 'nobody', proven: false, ...write, audience }))).toHaveLength(1);
  });

  test('go out at once in a crisis from before there were approvals of them', () => {
    const { outsideText: _, ...before } = AuthorityRules.parse({});
    const night = began({ ...plan, authority: before });
    expect(told(night.give('announce', { by: 'nobody', proven: false, ...write }))).toHaveLength(1);
  });
});
