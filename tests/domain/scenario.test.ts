import { expect, test } from '@jest/globals';
import { Scenario } from '../../src/domain/scenario.js';
import { boundSettings, mayReach } from '../../src/domain/scenario/bounds.js';
import { scenarioFaults } from '../../src/domain/scenario/check.js';
import { channelFault, scriptedResult } from '../../src/domain/scenario/faults.js';
import { rehearse } from '../../src/domain/scenario/rehearse.js';
import { scalePlan, scaleScenario } from '../../src/domain/scenario/scale.js';
import { scoreOf } from '../../src/domain/scorecard.js';
import { minute, planFor, second, threeInTheMorning } from '../support/plan.js';
import { settingsFor } from '../support/settings.js';

const scenario = (fields: object = {}) =>
  Scenario.parse({
    id: 'test',
    title: 'The shop is down',
    service: 'shop',
    facts: { completeOutage: true },
    until: '10m',
    ...fields,
  });
const settings = settingsFor({ smtp: 1025 });

test('a rehearsed night is the engine’s own: the secondary is paged after two minutes, and an answer ends it', () => {
  const told = scenario({ at: [{ after: '150s', answer: { by: 'ben', how: 'acknowledge' } }] });
  const { events, crisis } = rehearse({ scenario: told, plan: planFor(), declaredAt: threeInTheMorning });
  const paged = events.flatMap((event) =>
    event.type === 'paged' ? [[event.at - threeInTheMorning, event.person]] : [],
  );
  expect(paged.filter(([, person]) => person === 'ben')[0]?.[0]).toBeLessThan(2 * minute + second);
  expect(crisis.acknowledgedBy).toBe('ben');
  const card = scoreOf({ crisis, events, deliveries: Object.values(crisis.deliveries), expect: told.expect });
  expect(card.promise).toEqual({ withinMs: 5 * minute, engagedAfterMs: 150 * second, kept: true });
  expect(card).toMatchObject({ reconciled: true, holds: true });
});

test('a message of which nobody knows whether it went out is named, with the reason', () => {
  const told = scenario();
  const { events, crisis } = rehearse({ scenario: told, plan: planFor(), declaredAt: threeInTheMorning });
  const [first, ...others] = Object.values(crisis.deliveries);
  const doubtful = { ...first!, status: 'uncertain', reason: 'the connection was lost' } as const;
  const card = scoreOf({ crisis, events, deliveries: [doubtful, ...others], expect: told.expect });
  expect(card.inDoubt).toEqual([expect.stringMatching(/^page to ana by \w+ \(.*\): the connection was lost$/)]);
  expect(card).toMatchObject({ reconciled: false, holds: false });
});

test('while the worker is away nothing is decided, and the page that fell due comes when it is back', () => {
  const told = scenario({ at: [{ after: '90s', processDies: 'worker', backAfterMs: '90s' }] });
  const { events } = rehearse({ scenario: told, plan: planFor(), declaredAt: threeInTheMorning });
  const ben = events.find((event) => event.type === 'paged' && event.person === 'ben');
  expect((ben?.at ?? 0) - threeInTheMorning).toBeGreaterThanOrEqual(3 * minute);
});

test('of what the scenario says of an action the newest word holds', () => {
  const told = scenario({
    at: [
      { after: '1m', actionResult: { action: 'a', status: 'failed' } },
      { after: '2m', actionResult: { action: 'a', status: 'succeeded' } },
    ],
  });
  expect([0, minute, 2 * minute].map((at) => scriptedResult(told, 'a', at)?.status)).toEqual([
    undefined,
    'failed',
    'succeeded',
  ]);
});

test('a channel fails for as long as it is said, and only for whom it is said', () => {
  const told = scenario({ at: [{ after: '1m', channelFails: { channel: 'email', person: 'ana', forMs: '1m' } }] });
  const fault = (person: string, at: number) => channelFault(told, { channel: 'email', person }, at);
  expect(fault('ana', 90 * second)).toBe('the scenario lets email to ana fail');
  expect(fault('ben', 90 * second)).toBeUndefined();
  expect(fault('ana', 2 * minute)).toBeUndefined();
});

test('a plan runs sixty times faster in everything that waits', () => {
  const fast = scalePlan(planFor(), 60);
  expect(fast.policies.P0.steps.map(({ afterMs }) => afterMs)).toEqual(
    [0, 1, 2, 4, 5].map((seconds) => seconds * second),
  );
  expect(fast.playbook.phases.map(({ untilMs }) => untilMs)).toEqual([5, 30, 120].map((seconds) => seconds * second));
  expect(fast.playbook.procedures['mitigate']?.steps[0]?.bakeMs).toBe(167);
  expect(scaleScenario(scenario(), 60).until).toBe(10 * second);
});

test('a drill reaches its people at their own addresses, stand-ins for the rest, and nobody else', () => {
  const told = scenario({
    audience: { people: ['ana'], standIn: { channel: 'email', to: 'drill+{person}@example.com' } },
  });
  const reaches = mayReach(settings, told);
  const bound = boundSettings(settings, told);
  expect(bound.people['ana']?.contacts[0]?.to).toBe('ana@example.com');
  expect(bound.people['ben']?.contacts).toEqual([{ channel: 'email', to: 'drill+ben@example.com', urgent: true }]);
  for (const { contacts } of Object.values(bound.people))
    for (const { channel, to } of contacts) expect(reaches(channel, to)).toBe(true);
  expect(reaches('email', 'ben@example.com')).toBe(false);
  expect(reaches('email', 'customers@example.com')).toBe(false);
  expect(reaches('sms', 'ana@example.com')).toBe(false);
});

test('a scenario that names what is not there, or reaches other crises, is refused with its place', () => {
  const told = scenario({
    at: [
      { after: '1m', answer: { by: 'zoe', how: 'acknowledge' } },
      { after: '2m', command: { name: 'link', by: 'ana', to: 'payments' } },
      { after: '11m', command: { name: 'resolve', by: 'ana' } },
    ],
    targets: ['dance'],
  });
  expect(scenarioFaults(told, settings)).toEqual([
    expect.stringContaining('targets: there is no action "dance"'),
    expect.stringContaining('at[0].answer.by: nobody is known as "zoe"'),
    'at[1].command.name: a rehearsal cannot link: that reaches other crises',
    'at[2].after: it comes after the end (until)',
  ]);
});
