import { expect, test } from '@jest/globals';
import { Action, risks } from '../../../src/domain/action.js';
import { auditOf } from '../../../src/domain/auditOf.js';
import { AuthorityRules } from '../../../src/domain/authorityRules.js';
import { parseCommand, type CommandName } from '../../../src/domain/command.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import { due } from '../../../src/domain/engine/clocks.js';
import { decide } from '../../../src/domain/engine/decide.js';
import { blank } from '../../../src/domain/engine/state.js';
import type { Event, EventOf } from '../../../src/domain/event.js';
import { roleIds, type Role } from '../../../src/domain/role.js';
import { declared, minute, people, planFor, threeInTheMorning } from '../../support/plan.js';

/** Every action that a configuration can describe, as far as authority goes. */
const shapes = risks.flatMap((risk) =>
  [0, 1, 2].flatMap((approvals) =>
    [0, 10 * minute].map((preAuthorisedForMs) => ({ risk, approvals, preAuthorisedForMs })),
  ),
);
type Shape = (typeof shapes)[number];
const idOf = ({ risk, approvals, preAuthorisedForMs }: Shape): string =>
  `${risk}-${approvals}-${preAuthorisedForMs === 0 ? 'asked' : 'pre-authorised'}`;

const mayRun: Role[] = ['operations-lead', 'data-engineer'];
const mayBreak: Role[] = ['security-lead'];
const helpers = ['asker', 'second', 'third'] as const;
const someone = (...roles: Role[]) => ({ ...people.dana, roles });
const everybody = {
  ...Object.fromEntries(roleIds.map((role) => [role, someone(role)])),
  nobody: someone(),
  ...Object.fromEntries(helpers.map((name) => [name, someone('operations-lead')])),
};
const holders = [...roleIds, 'nobody', 'stranger', ...helpers];
const holds = (who: string, roles: readonly string[]): boolean =>
  roles.includes(who) || (roles === mayRun && (helpers as readonly string[]).includes(who));

const plan = planFor({
  authority: AuthorityRules.parse({ breakGlass: { roles: mayBreak } }),
  actions: Object.fromEntries(
    shapes.map((shape) => [
      idOf(shape),
      Action.parse({ kind: 'command', argv: ['true'], title: idOf(shape), ...shape, mayRun }),
    ]),
  ),
  slots: {},
  monitoring: { actions: [], probes: [] },
  approvalLapsesAfterMs: 15 * minute,
  roster: { ...planFor().roster, primary: [], secondary: [], commander: [], rotation: [], people: everybody },
});

const begin = 20 * minute;
const declaredCrisis = decide(blank, plan, { type: 'declared', declaration: declared() }, threeInTheMorning).crisis;

type Try = { by: string; proven: boolean; at: number };
const give = (crisis: Crisis, name: CommandName, { by, proven, at }: Try, input: object) => {
  const parsed = parseCommand(name, { by, ...input });
  if ('fault' in parsed) throw new Error(parsed.fault);
  const proof = { actor: { kind: 'person', id: by, key: 'k1' } } as const;
  const occasion = { type: 'command', command: parsed.command, ...(proven && { proof }) } as const;
  return decide(crisis, plan, occasion, threeInTheMorning + at);
};

const started = (events: readonly Event[]): boolean => events.some(({ type }) => type === 'actionStarted');
const asked = (events: readonly Event[]): boolean => events.some(({ type }) => type === 'approvalRequested');
const by = (who: string, at = begin): Try => ({ by: who, proven: true, at });

/** Refused: it says why, nothing has happened, and the audit has who, what and why. */
const mustBeRefused = (crisis: Crisis, events: readonly Event[], what: string, who: string): void => {
  const [refused] = events.filter((event): event is EventOf<'refused'> => event.type === 'refused');
  expect(refused?.reason).toMatch(/\w{3,} \w+/);
  expect(events).toHaveLength(1);
  const [entry] = refused ? auditOf(crisis.crisisId, { seq: crisis.seq + 1, event: refused }) : [];
  expect(entry).toMatchObject({ what, outcome: 'refused', why: refused?.reason, authority: { kind: 'none' } });
  expect(entry?.who.id).toBe(who);
};

/** The states in which a request can be found; each from the crisis in which `asker` has asked. */
const states = (open: Crisis, request: string) => {
  const lapse = due(open, plan).find(({ what }) => what === 'approvalLapses');
  const struck = lapse && decide(open, plan, { type: 'due', due: lapse }, threeInTheMorning + begin + 15 * minute);
  return [
    { name: 'open', crisis: open, at: begin + minute, isOpen: true, approvedBy: [] },
    {
      name: 'approved by one',
      crisis: give(open, 'approve', by('third'), { request }).crisis,
      at: begin + minute,
      isOpen: true,
      approvedBy: ['third'],
    },
    {
      name: 'rejected',
      crisis: give(open, 'reject', by('third'), { request }).crisis,
      at: begin + minute,
      isOpen: false,
      approvedBy: [],
    },
    { name: 'lapsed', crisis: struck?.crisis ?? open, at: begin + 16 * minute, isOpen: false, approvedBy: [] },
    { name: 'about to be said to have lapsed', crisis: open, at: begin + 16 * minute, isOpen: false, approvedBy: [] },
  ];
};

const neededFor = ({ risk, approvals }: Shape): number => (risk === 'destructive' ? Math.max(1, approvals) : approvals);

const tries = holders.flatMap((who) => [true, false].map((proven) => ({ who, proven })));

test.each(shapes.map((shape) => [idOf(shape), shape] as const))(
  '%s runs for whom it may, and for nobody else',
  (id, shape) => {
    for (const { who, proven } of tries)
      for (const at of [minute, begin]) {
        const { events, crisis } = give(declaredCrisis, 'run', { by: who, proven, at }, { what: id });
        const may = shape.risk === 'safe' || (proven && holds(who, mayRun));
        const runs = may && (shape.risk === 'safe' || at < shape.preAuthorisedForMs || neededFor(shape) === 0);
        expect([started(events), asked(events)]).toEqual([runs, may && !runs]);
        if (!may) mustBeRefused(declaredCrisis, events, 'run', who);
        else expect(auditOf(crisis.crisisId, { seq: 1, event: events[0]! })[0]).toMatchObject({ who: { id: who } });
      }
  },
);

const thatAsk = shapes.filter((shape) => shape.risk !== 'safe' && neededFor(shape) > 0);

test.each(thatAsk.map((shape) => [idOf(shape), shape] as const))(
  '%s is approved by whom it may, while it may',
  (id, shape) => {
    const open = give(declaredCrisis, 'run', by('asker'), { what: id }).crisis;
    const request = Object.keys(open.approvals).at(-1) ?? 'none';
    for (const { name, crisis, at, isOpen, approvedBy } of states(open, request)) {
      const stillOpen = isOpen && approvedBy.length < neededFor(shape);
      for (const { who, proven } of tries) {
        const { events } = give(crisis, 'approve', { by: who, proven, at }, { request });
        const may = stillOpen && proven && holds(who, mayRun) && who !== 'asker' && !approvedBy.includes(who);
        const runs = may && approvedBy.length + 1 >= neededFor(shape);
        expect([name, who, proven, started(events)]).toEqual([name, who, proven, runs]);
        if (!may) mustBeRefused(crisis, events, 'approve', who);
      }
    }
  },
);

test.each(thatAsk.map((shape) => [idOf(shape), shape] as const))(
  '%s: the glass is broken by whom it may, with a reason',
  (id, shape) => {
    const open = give(declaredCrisis, 'run', by('asker'), { what: id }).crisis;
    const request = Object.keys(open.approvals).at(-1) ?? 'none';
    const places = [
      { name: 'run' as const, crisis: declaredCrisis, at: begin, isOpen: true, input: { what: id } },
      ...states(open, request).map(({ crisis, at, isOpen, approvedBy }) => ({
        name: 'approve' as const,
        crisis,
        at,
        isOpen: isOpen && approvedBy.length < neededFor(shape),
        input: { request },
      })),
    ];
    for (const { name, crisis, at, isOpen, input } of places)
      for (const { who, proven } of tries)
        for (const reason of ['it burns', undefined]) {
          const { events } = give(crisis, name, { by: who, proven, at }, { ...input, breakGlass: true, reason });
          const may = isOpen && proven && holds(who, mayBreak) && reason !== undefined;
          expect([name, who, proven, reason, started(events)]).toEqual([name, who, proven, reason, may]);
          if (!may) mustBeRefused(crisis, events, name, who);
          else
            expect(events.map(({ type }) => type)).toEqual(
              expect.arrayContaining(['managementTold', 'engagementOpened']),
            );
        }
  },
);

test.each(thatAsk.map((shape) => [idOf(shape), shape] as const))(
  '%s is rejected by whom it may, and then never runs',
  (id, shape) => {
    const open = give(declaredCrisis, 'run', by('asker'), { what: id }).crisis;
    const request = Object.keys(open.approvals).at(-1) ?? 'none';
    for (const { crisis, at, isOpen, approvedBy } of states(open, request))
      for (const { who, proven } of tries) {
        const { events, crisis: after } = give(crisis, 'reject', { by: who, proven, at }, { request });
        const may = isOpen && approvedBy.length < neededFor(shape) && proven && holds(who, mayRun);
        expect(started(events)).toBe(false);
        if (!may) mustBeRefused(crisis, events, 'reject', who);
        else mustBeRefused(after, give(after, 'approve', by('second', at), { request }).events, 'approve', 'second');
      }
  },
);
