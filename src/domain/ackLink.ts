import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Who may acknowledge what by a link, and which page it stood in. */
export type AckClaims = { crisisId: string; person: string; key: string };
export type AckFault = { fault: 'expired' | 'invalid' };

/** Short names, since the token must fit into a text message. `s`: the rest of a key that begins with the crisis's id. */
const Payload = z.strictObject({
  c: z.string().min(1),
  p: z.string().min(1),
  k: z.string().optional(),
  s: z.string().optional(),
  exp: z.number(),
});

const bytes = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** The token of an acknowledge link: an HS256 JWT. `expiresAt` in milliseconds since 1970. */
export const signAckLink = ({ crisisId, person, key }: AckClaims, secret: string, expiresAt: number): Promise<string> =>
  new SignJWT({
    c: crisisId,
    p: person,
    ...(key.startsWith(crisisId) ? { s: key.slice(crisisId.length) } : { k: key }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(bytes(secret));

/** What a token says, if it is ours and still holds at `now` (milliseconds since 1970); it never throws on a bad token. */
export const readAckLink = async (token: string, secret: string, now: number): Promise<AckClaims | AckFault> => {
  try {
    const { payload } = await jwtVerify(token, bytes(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    const { c, p, k, s } = Payload.parse(payload);
    return { crisisId: c, person: p, key: k ?? `${c}${s ?? ''}` };
  } catch (error) {
    return { fault: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
};
