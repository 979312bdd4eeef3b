import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { looksSecret, mask, masked } from '../../src/domain/mask.js';

test.each([
  ['Authorization: Bearer abcdefghijklmnop1234', `Authorization: Bearer ${masked}`],
  ['authorization: Basic dXNlcjpwYXNz', `authorization: Basic ${masked}`],
  ['postgres://shop:s3cr3t@db:5432/shop', `postgres://shop:${masked}@db:5432/shop`],
  ['{"password": "correct horse"}', `{"password": "${masked} horse"}`],
  ['DB_PASSWORD=swordfish next', `DB_PASSWORD=${masked} next`],
  ['?access_token=abcdef&x=1', `?access_token=${masked}&x=1`],
  ['id AKIAIOSFODNN7EXAMPLE used', `id AKIA${masked} used`],
  [`ghp_${'a1'.repeat(18)}`, `ghp_${masked}`],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', `-----BEGIN RSA PRIVATE KEY-----${masked}`],
])('hides what looks like a credential in %j', (text, expected) => {
  expect(mask(text, [])).toBe(expected);
});

test('leaves ordinary words alone', () => {
  const text = 'rolled back 1.5.0 to 1.4.1; basic authentication is on; 3 tokens of ring b1946ac9';

  expect(mask(text, [])).toBe(text);
});

test('hides a known secret in plain, URL and JSON spelling', () => {
  const secret = 'p"ss w/rd';

  expect(mask(`${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`, [secret])).toBe(
    `${masked} ${masked} "${masked}"`,
  );
});

test('no known secret of four characters or more survives, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'binary' }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!masked.includes(secret));
      expect(mask(`${before}${secret}${after}`, [secret]).split(masked).join('\u0000')).not.toContain(secret);
    }),
  );
});

test.each(['TWILIO_AUTH_TOKEN', 'DB_PASSWORD', 'x-api-key', 'Authorization', 'Set-Cookie', 'AWS_SECRET_ACCESS_KEY'])(
  'takes %s for the name of a secret',
  (name) => expect(looksSecret(name)).toBe(true),
);

test.each(['PATH', 'REGION', 'content-type', 'FIREBREAK_RUN_KEY'])('takes %s for an open name', (name) =>
  expect(looksSecret(name)).toBe(false),
);

test('takes little time over long lines made to be slow', () => {
  const began = performance.now();
  for (const text of ['a.'.repeat(6000), 'eyJ-'.repeat(3000), 'http://'.repeat(1700), 'token='.repeat(2000)])
    mask(text, []);

  expect(performance.now() - began).toBeLessThan(2_000);
});
