import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { readAckLink, signAckLink } from '../../src/domain/ackLink.js';

const secret = 'a secret of at least thirty-two bytes';
const claims = { crisisId: 'CR-20261103-K7Q2', person: 'ana', key: 'CR-20261103-K7Q2/page/response/r0/s0/ana/email' };
const now = Date.parse('2026-11-03T03:00:00Z');
const hour = 3_600_000;

test('a link says who may acknowledge what, until it expires', async () => {
  const token = await signAckLink(claims, secret, now + hour);

  expect(await readAckLink(token, secret, now)).toEqual(claims);
  expect(await readAckLink(token, secret, now + hour - 1_000)).toEqual(claims);
  expect(await readAckLink(token, secret, now + hour)).toEqual({ fault: 'expired' });
});

test('a key that does not begin with the crisis comes back whole too', async () => {
  const other = { ...claims, key: 'another' };

  expect(await readAckLink(await signAckLink(other, secret, now + hour), secret, now)).toEqual(other);
});

test('a token stays short enough for a text message', async () => {
  expect((await signAckLink(claims, secret, now + hour)).length).toBeLessThan(200);
});

test('whatever is changed in a token, it is not ours any more', async () => {
  const token = await signAckLink(claims, secret, now + hour);
  const flipped = Array.from(token, (letter, index) =>
    letter === '.' ? undefined : token.slice(0, index) + (letter === 'A' ? 'B' : 'A') + token.slice(index + 1),
  ).filter((one) => one !== undefined);

  // The last letter of a signature carries two spare bits; a change in those alone decodes to the same bytes.
  for (const forged of flipped.slice(0, -1))
    expect(await readAckLink(forged, secret, now)).toEqual({ fault: 'invalid' });
});

test.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJjIjoiQ1ItMSJ9.'])('%j is no token', async (token) => {
  expect(await readAckLink(token, secret, now)).toEqual({ fault: 'invalid' });
});

test('another secret, another algorithm, no expiry or other claims are refused', async () => {
  const bytes = new TextEncoder().encode(secret.padEnd(64, '.'));
  const sign = (payload: Record<string, string>, alg = 'HS256') => new SignJWT(payload).setProtectedHeader({ alg });
  const wide = new TextDecoder().decode(bytes);
  const refused = { fault: 'invalid' };

  expect(
    await readAckLink(await signAckLink(claims, 'another secret of thirty-two bytes', now + hour), secret, now),
  ).toEqual(refused);
  const expires = Math.floor((now + hour) / 1000);
  const ours = { c: 'CR-1', p: 'ana', k: 'key' };
  expect(await readAckLink(await sign(ours, 'HS512').setExpirationTime(expires).sign(bytes), wide, now)).toEqual(
    refused,
  );
  expect(await readAckLink(await sign(ours).sign(bytes), wide, now)).toEqual(refused);
  expect(await readAckLink(await sign({ sub: 'ana' }).setExpirationTime(expires).sign(bytes), wide, now)).toEqual(
    refused,
  );
});
