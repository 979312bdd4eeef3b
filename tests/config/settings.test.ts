import { expect, test } from '@jest/globals';
import { readSettings } from '../../src/config/settings.js';
import { expectMarked, write, yamlWith } from './support/marked.js';

const read = async (text: string, env: Record<string, string> = {}) => readSettings(await write(text), { env });

test('reads sound settings, fills in defaults and turns durations into milliseconds', async () => {
  const found = await read(yamlWith({ more: 'approvalLapsesAfterMs: 10m' }));

  expect(found).toMatchObject({
    settings: { approvalLapsesAfterMs: 600_000, people: { ana: { timeZone: 'UTC' } }, currency: 'EUR' },
    warnings: [],
  });
});

test('changes the hash with the meaning and not with the spelling', async () => {
  const hashOf = async (text: string) => {
    const found = await read(text);
    return 'hash' in found && found.hash;
  };
  const plain = await hashOf(yamlWith({ more: 'approvalLapsesAfterMs: 10m' }));

  expect(await hashOf(yamlWith({ more: '# longer than usual\napprovalLapsesAfterMs: "600000"' }))).toBe(plain);
  expect(await hashOf(yamlWith({ more: 'approvalLapsesAfterMs: 11m' }))).not.toBe(plain);
});

/** Few lines that stand for millions of values. */
const bomb = [
  'a: &a [1, 1, 1, 1, 1]',
  ...['ab', 'bc', 'cd'].map(([of, is]) => `${is}: &${is} [${Array(9).fill(`*${of}`).join()}]`),
];

test.each([
  ['people:\n  ana: "never closed\nteams: {}', 3, /quote/],
  ['people:\n  ana: { a: 1\nteams: {}', 3, /end with a }/],
  ['a: 1\n---\nb: 1', 2, /multiple documents/],
  [yamlWith({ more: 'bridge: !!js/function 1' }), 12, /Unresolved tag/],
  ['- ana', 1, /expected a section; got a list/],
  ['', 1, /is empty/],
  [bomb.join('\n'), 1, /alias/],
])('says where a text is not what it should be: %j', async (text, line, message) => {
  expect(await read(text)).toMatchObject({
    faults: [{ line, column: expect.any(Number), message: expect.stringMatching(message) }],
  });
});

test('says that there is no such file', async () => {
  expect(await readSettings('/nowhere/firebreak.yaml')).toMatchObject({
    faults: [{ file: '/nowhere/firebreak.yaml', message: 'there is no such file' }],
  });
});

test('names a key that stands twice, and goes on to the rest', () =>
  expectMarked(
    yamlWith({
      services: 'services:\n  shop: { team: web }\n  shop: { team: web } #! Map keys must be unique',
      defaultTeam: 'defaultTeam: wen #! there is no team "wen"; did you mean "web"?',
    }),
  ));

test('fills in the environment, also where a number or a boolean is expected, and defaults where it is silent', async () => {
  const channels = [
    'channels:',
    '  email:',
    '    host: ${env:MAIL_HOST}',
    '    port: ${env:MAIL_PORT:-1025}',
    '    secure: ${env:MAIL_SECURE:-false}',
    '    from: Firebreak <firebreak@${env:DOMAIN:-example.com}>',
    '    password: ${env:MAIL_PASSWORD}',
  ].join('\n');
  const env = { MAIL_HOST: 'mail', MAIL_SECURE: 'true', DOMAIN: '', MAIL_PASSWORD: '0123' };

  expect(await read(yamlWith({ channels }), env)).toMatchObject({
    settings: {
      channels: {
        email: { host: 'mail', port: 1025, secure: true, from: 'Firebreak <firebreak@example.com>', password: '0123' },
      },
    },
  });
});

test('names every variable that is not set, once', () =>
  expectMarked(
    yamlWith({
      channels: [
        'channels:',
        '  email:',
        '    host: ${env:MAIL_HOST} #! the environment variable MAIL_HOST is not set',
        '    port: ${env:MAIL_PORT} #! the environment variable MAIL_PORT is not set',
        '    from: "${env: FROM }" #! expected ${env:NAME} or ${env:NAME:-default}',
      ].join('\n'),
      more: 'publicUrl: https://${env:EMPTY}/ #! the environment variable EMPTY is not set',
    }),
    { env: { EMPTY: '' } },
  ));

test('shows neither secrets nor what came from the environment', async () => {
  const channels = [
    'channels:',
    '  email: { host: mail, from: x@example.com, port: "${env:PORT}", password: 12345 }',
  ].join('\n');
  const found = await read(yamlWith({ channels, more: 'sources: { a: { secret: [hush] } }' }), { PORT: 'opensesame' });

  const messages = 'faults' in found ? found.faults.map(({ message }) => message) : [];
  expect(messages).toEqual([
    'expected a number; got what ${env:PORT} stands for',
    'expected a text; got something else',
    'expected a text; got something else',
  ]);
});

test('names what is missing, wrongly typed or not allowed, all at once, each at its line', () =>
  expectMarked(`# There is no default team, which is said where the settings begin.
organization: Example #! expected a text; it is missing #! there is no setting "organization"; did you mean "organisation"?
publicUrl: example #! expected a URL such as https://example.com; got "example"
people:
  ana:
    name: Ana
    rolls: [technical-lead] #! there is no setting "rolls"; did you mean "roles"?
    contacts:
      - { channel: emial, to: a@b } #! expected one of email, sms, webhook; got "emial"; did you mean "email"?
  ben: #! expected a list; it is missing
    name: 7 #! expected a text; got 7
  two words: { name: Cy, contacts: [] } #! an id holds letters, digits, dots, dashes and underscores
schedules:
  days:
    people: [] #! a schedule needs at least one person; got a list
    startsAt: today #! expected a local date and time such as 2026-01-05T09:00; got "today"
teams:
  web: { oncall: {} } #! expected a text; it is missing
services: #! expected a section with names; got nothing
channels:
  email: { host: 127.0.0.1, from: x@example.com, port: mail } #! expected a number; got "mail"
approvalLapsesAfterMs: soon #! expected a duration such as 30s, 5m or 2h; got "soon"
policies:
  calm: #! expected a number or a text; it is missing
    steps: [{ afterMs: 1m, targets: [person:ana] }]
    repeatAfterMs: [5m] #! expected a number or a text; got a list
`));

test('takes only addresses that a browser opens, and ports that there are', () =>
  expectMarked(`publicUrl: javascript:alert(1) #! expected a URL such as https://example.com; got "javascript:alert(1)"
${yamlWith({
  services:
    'services:\n  shop: { team: web, healthCheck: { kind: http, url: "ftp://shop" } } #! expected a URL such as https://example.com; got "ftp://shop"',
  channels:
    'channels:\n  email: { host: 127.0.0.1, from: x@example.com, port: 99999 } #! expected number to be <=65535; got 99999',
})}`));

test('names faults where one of several shapes may stand', () =>
  expectMarked(
    yamlWith({
      services: `services:
  shop:
    team: web
    healthCheck: { kind: htttp } #! expected one of http, tcp; got "htttp"`,
      more: `rules:
  - name: r
    severity: P9 #! expected one of P0, P1, P2, P3; got "P9"; did you mean "P0"?
    type: watch
    says: x
    when: { all: [{ fact: completeOutage }, { not: { fact: paymentFailure, abov: 1 } }] } #! there is no setting "abov"; did you mean "above"?
actions:
  a:
    title: A
    kind: http
    url: https://example.com
    argv: [x] #! there is no setting "argv" here; there are title, parameters, timeoutMs, idempotent, verify, undo, risk, mayRun, approvals, preAuthorisedForMs, kind, method, url, headers, body, expectStatus, expectBody`,
    }),
  ));
