import { expect, test } from '@jest/globals';
import { readSettings } from '../../src/config/settings.js';
import { minutes } from '../../src/domain/duration.js';
import { Settings } from '../../src/domain/settings.js';
import { Playbook } from '../../src/domain/playbook.js';
import { expectMarked, write, yamlWith } from './support/marked.js';

const step = { id: 'rollback', title: 'Roll back', slot: 'rollback', parameters: { percent: 10 } };
const playbook = Playbook.parse({
  type: 'productionOutage',
  title: 'Outage',
  phases: [{ id: 'first', title: 'First', untilMs: '5m', tasks: [] }],
  procedures: { mitigate: { id: 'mitigate', title: 'Mitigate', goal: 'firstThatHelps', steps: [step] } },
  repeatEveryMs: '30m',
  regressionWatchMs: '30m',
});
const P0 = (afterMs: number) => ({
  steps: [{ afterMs, targets: ['primary'] }],
  repeatAfterMs: 1,
  forgottenAfterMs: 1,
});

test('names every name that nothing has, with the one that was probably meant', () =>
  expectMarked(
    yamlWith({
      schedules: `schedules:
  days:
    people: [ana, anna] #! there is no person "anna"; did you mean "ana"?
    overrides:
      - from: 2026-03-02T09:00
        until: 2026-03-01T09:00 #! expected a time after 2026-03-02T09:00
        person: zoe #! there is no person "zoe"`,
      teams: `teams:
  web:
    people: [an] #! there is no person "an"; did you mean "ana"?
    oncall:
      primary: day #! there is no schedule "day"; did you mean "days"?
    policies:
      P0: loud #! there is no policy "loud"
      P1: P1`,
      services: `services:
  shop:
    team: wbe #! there is no team "wbe"; did you mean "web"?
    dependsOn:
      - paymnets #! there is no service "paymnets"; did you mean "payments"?
      - shop #! a service cannot depend on itself
    slots:
      rollbak: undo #! no procedure has a slot "rollbak"; did you mean "rollback"?
      rollback: redo #! there is no action "redo"
    monitoring: [louder] #! there is no action "louder"
  payments: { team: web }`,
      defaultTeam: 'defaultTeam: web',
      more: `policies:
  calm:
    steps:
      - { afterMs: 5m, targets: [rung:cto, person:ana] } #! there is no rung "cto"; did you mean "ceo"?
      - { afterMs: 1m, targets: [primary] } #! comes before the step above it; list the steps in the order of their times
    repeatAfterMs: 5m
    forgottenAfterMs: 5m
ladder:
  - { id: ceo, title: CEO, people: [clara] } #! there is no person "clara"
  - { id: ceo, title: CEO, people: [ana] } #! there are two rungs "ceo"
audiences:
  all: { title: All, people: [bob] } #! there is no person "bob"
tellings:
  - { template: status-update, audience: al, on: [start] } #! there is no audience "al"; did you mean "all"?
actions:
  undo:
    title: Undo
    kind: command
    verify: look #! there is no action "look"
    undo: und #! there is no action "und"; did you mean "undo"?
    argv: [deploy, '{{version}}'] #! {{version}} stands for no parameter of this action
    parameters:
      region:
        pattern: '[' #! "[" is not a regular expression
        oneOf: [eu, us]
        default: mars #! expected one of eu, us; got "mars"
      percent:
        type: number
        default: ten #! expected a number; got the string "ten"
  cut:
    title: Cut
    kind: kubernetes
    work: { does: isolate } #! expected either a deployment or labels of its pods`,
    }),
    { defaults: { policies: { P1: P0(0) }, playbooks: { playbook } } },
  ));

test('names people who cannot be reached as they say', () =>
  expectMarked(
    yamlWith({
      people: `people:
  ana:
    name: Ana
    timeZone: Europe/Lisboa #! expected a time zone such as Europe/Berlin; got "Europe/Lisboa"
    contacts:
      - channel: sms #! the channel "sms" is not configured under channels
        to: 030 123456 #! expected a number with its country, such as +4930123456; got "030 123456"
      - channel: email
        to: ana at example.com #! expected a mail address; got "ana at example.com"`,
      schedules: `schedules:
  days:
    people: [ana]
    timeZone: CEST+1 #! expected a time zone such as Europe/Berlin; got "CEST+1"`,
    }),
  ));

test('takes channels for granted that the program itself brings', () =>
  expectMarked(yamlWith({ channels: 'channels: {}' }), { defaults: { channels: ['email'] } }));

test('finds what does not fit together also beside parts that cannot be read', () =>
  expectMarked(
    yamlWith({
      people: `people:
  ana: { name: Ana, contacts: [] } #! a person needs at least one contact; got a list
  ben: { name: Ben, contacts: [{ channel: sms, to: '+4930123456' }] } #! the channel "sms" is not configured under channels`,
      schedules: `schedules:
  days: { people: [ana, cy] } #! there is no person "cy"
  night: { people: [ana], shiftDays: 0 } #! expected number to be >=1; got 0`,
      teams: 'teams:\n  web: { people: [ana], oncall: { primary: days, secondary: night } }',
    }),
  ));

test('one fault hides no other, neither in the same entry nor while no default team is named', () =>
  expectMarked(
    yamlWith({
      people: `people: #! expected a text; it is missing
  ana: { name: Ana, contacts: [{ channel: email, to: ana }] } #! expected a mail address; got "ana"`,
      schedules:
        'schedules:\n  days: { people: [ana, cy], shiftDays: 0 } #! there is no person "cy" #! expected number to be >=1; got 0',
      defaultTeam: '',
    }),
  ));

test('warns of a critical crisis that would reach nobody in time, and of people on call who cannot be woken', async () => {
  const teams =
    'teams:\n  web: { oncall: { primary: days } } #! a P0 of this team reaches nobody within five minutes (policy "P0")';
  await expectMarked(yamlWith({ teams }), { level: 'warnings', defaults: { policies: { P0: P0(minutes(5)) } } });
  await expectMarked(yamlWith({}), { level: 'warnings', defaults: { policies: { P0: P0(minutes(4)) } } });

  await expectMarked(
    yamlWith({
      people: 'people:\n  ana: { name: Ana, contacts: [{ channel: email, to: ana@example.com, urgent: false }] }',
      schedules: 'schedules:\n  days: { people: [ana] } #! ana is on call here, but has no contact that is urgent',
      teams,
    }),
    { level: 'warnings', defaults: { policies: { P0: P0(0) } } },
  );
});

test('warns of an action that its slot cannot run, of monitoring that stays, and of secrets in the file', () =>
  expectMarked(
    yamlWith({
      services: `services:
  shop:
    team: web
    slots: { rollback: back } #! "Roll back" cannot run back: parameter percent is unknown; this action takes no parameters
    monitoring: [back] #! the action "back" has no undo, so it stays in force after the crisis`,
      more: `actions:
  back: { title: Back, kind: http, url: https://example.com }
sources:
  grafana: { secret: whsec_abc } #! is a secret; write \${env:NAME} and set it in the environment
  other: { secret: '\${env:OTHER}' }`,
    }),
    { level: 'warnings', env: { OTHER: 'x' }, defaults: { playbooks: { playbook } } },
  ));

test('takes a misspelt fact for a fault, since nobody would ever hear of it again', () =>
  expectMarked(
    yamlWith({
      services: `services:
  shop:
    team: web
    healthCheck: { kind: tcp, host: a, port: 1, facts: { completeOutge: true } } #! there is no fact "completeOutge"; did you mean "completeOutage"?`,
      more: `facts:
  - match: { alertname: Down }
    facts: { paymentFailed: true } #! there is no fact "paymentFailed"; did you mean "paymentFailure"?`,
    }),
  ));

test('lets services name the actions of runbooks, and names two that want the same name', async () => {
  const action = Settings.shape.actions.parse({ back: { title: 'Back', kind: 'http', url: 'https://example.com' } });
  const runbooks = [{ id: 'down', actions: action }];
  const services = 'services:\n  shop: { team: web, slots: { rollback: back } }';
  const file = await write(yamlWith({ services, more: 'runbooks: pages' }));
  const asked: string[] = [];
  const readRunbooks = (folder: string) => {
    asked.push(folder);
    return { runbooks, faults: [] };
  };

  expect(await readSettings(file, { readRunbooks })).toMatchObject({ settings: { actions: action } });
  expect(asked).toEqual([file.replace('firebreak.yaml', 'pages')]);

  await expectMarked(
    yamlWith({
      more: `actions: { back: { title: Back, kind: http, url: https://example.com } }
runbooks: pages #! runbook "down": there is an action "back" already`,
    }),
    { readRunbooks },
  );
  const faults = [{ file: 'pages/down.md', line: 3, message: 'expected a title' }];
  expect(await readSettings(file, { readRunbooks: () => ({ runbooks, faults }) })).toMatchObject({ faults });
});

test('a silence or a maintenance window of a service that nobody has is refused, with its place', () =>
  expectMarked(
    yamlWith({
      more: `silences:
  known:
    match: { service: shop }
    until: 2999-01-01T00:00:00Z
    by: ana
    reason: known
  mistyped:
    match:
      service: shpo #! there is no service "shpo"; did you mean "shop"?
    until: 2999-01-01T00:00:00Z
    by: ana
    reason: known
maintenance:
  upgrade:
    services: [shop, nowhere] #! there is no service "nowhere"
    from: 2998-01-01T00:00:00Z
    until: 2999-01-01T00:00:00Z
    reason: a new version`,
    }),
  ));
