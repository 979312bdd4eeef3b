import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const at = '2026-03-02T03:00:00Z';

/** One good body of each format that senders write; what is malformed begins as one of these. */
export const goodBodies: Readonly<Record<string, { path: string; body: Json }>> = {
  generic: {
    path: '/api/v1/alerts/generic',
    body: {
      summary: 'checkout is down',
      service: 'shop',
      status: 'firing',
      dedupKey: 'shop:down',
      severity: 'critical',
      details: '502',
      link: 'https://grafana.example/d/1',
      startedAt: at,
      labels: { region: 'eu', replicas: 3 },
      facts: { completeOutage: true, usersAffectedPercent: 80 },
    },
  },
  alertmanager: {
    path: '/api/v1/alerts/alertmanager',
    body: {
      version: '4',
      groupKey: '{}:{alertname="Down"}',
      truncatedAlerts: 0,
      status: 'firing',
      externalURL: 'https://alerts.example',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'Down', service: 'shop', severity: 'critical' },
          annotations: { summary: 'down', description: 'since two minutes' },
          startsAt: at,
          fingerprint: 'b1a5',
        },
      ],
    },
  },
  pagerduty: {
    path: '/v2/enqueue',
    body: {
      routing_key: 'key',
      event_action: 'trigger',
      dedup_key: 'shop/down',
      links: [{ href: 'https://runbook.example', text: 'runbook' }],
      payload: {
        summary: 'shop is down',
        severity: 'critical',
        source: 'shop-1',
        timestamp: at,
        custom_details: { load: 12, hosts: ['a', 'b'] },
      },
    },
  },
  mapped: { path: '/api/v1/alerts/apm', body: { title: 'slow', app: 'shop', more: { p95: 1200 } } },
};

const absurd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, -1, 1e308, '', ' ', '\u0000', '\ud800', '💥'.repeat(2_000), [], {}, [[[]]]),
  fc.constantFrom<Json>('__proto__', 'constructor', '{{7*7}}', '<script>alert(1)</script>', '9999-99-99T99:99:99Z'),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>,
);

/** The value with another one somewhere in it: the way there is drawn as numbers, which also choose what happens. */
const changed = (value: Json, way: readonly number[], put: Json): Json => {
  const [step = 0, ...rest] = way;
  if (Array.isArray(value) && value.length > 0 && rest.length > 0)
    return value.map((each, i) => (i === step % value.length ? changed(each, rest, put) : each));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const keys = Object.keys(value);
    const key = keys[step % Math.max(1, keys.length)] ?? 'new';
    if (step % 5 === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: rest.length === 0 ? put : changed(value[key] ?? null, rest, put) };
  }
  return put;
};

type Spoil = (text: string, where: number) => string | Buffer;

/** What can happen to a good text on its way, or to its writer. */
const spoils: Readonly<Record<string, Spoil>> = {
  'as it is': (text) => text,
  'cut off': (text, where) => text.slice(0, where % text.length),
  'bytes that are no text': (text, where) =>
    Buffer.concat([
      Buffer.from(text.slice(0, where % text.length)),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from(text),
    ]),
  'a key twice': (text) => text.replace('{', '{"summary":1,"summary":2,'),
  'a prototype': (text) => text.replace('{', '{"__proto__":{"admin":true},'),
  'numbers beyond numbers': (text) => text.replaceAll(/\d+/g, '1e400'),
  'very deep': (text, where) => `${'['.repeat(where % 20_000)}${text}${']'.repeat(where % 20_000)}`,
  'very long': (text, where) => text.replace(/"([a-z]{3,})"/, `"${'x'.repeat((where * 997) % 1_500_000)}"`),
  'a byte order mark': (text) => `\ufeff${text}`,
  'another language': (_, where) => `<?xml version="1.0"?><alert id="${where}"/>`,
};

/** A body of this format with something wrong with it; what was done to it is its name. */
export const malformed = (format: string): fc.Arbitrary<{ done: string; path: string; bytes: string | Buffer }> => {
  const { path, body } = goodBodies[format] ?? { path: '', body: null };
  return fc
    .record({
      changes: fc.array(fc.tuple(fc.array(fc.nat(50), { minLength: 1, maxLength: 4 }), absurd), {
        minLength: 1,
        maxLength: 3,
      }),
      done: fc.oneof(
        { weight: 2, arbitrary: fc.constant('as it is') },
        { weight: 1, arbitrary: fc.constantFrom(...Object.keys(spoils)) },
      ),
      where: fc.nat(1_000_000),
    })
    .map(({ changes, done, where }) => {
      const value = changes.reduce<Json>((spoilt, [way, put]) => changed(spoilt, way, put), body);
      return { done, path, bytes: spoils[done]?.(JSON.stringify(value), where) ?? '' };
    });
};
