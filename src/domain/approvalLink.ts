import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Who may approve or reject which request by a link. */
export type ApprovalClaims = { crisisId: string; person: string; request: string };
export type ApprovalLinkFault = { fault: 'expired' | 'invalid' };

/** Short names, since a link may go into a text message. `r`: the rest of a request that begins with the crisis's id. */
const Payload = z.strictObject({ c: z.string().min(1), p: z.string().min(1), r: z.string().min(1), exp: z.number() });

const typ = 'approve';
const bytes = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** The token of a link by which one person answers one request: an HS256 JWT, of a type that no other link has. */
export const signApprovalLink = (
  { crisisId, person, request }: ApprovalClaims,
  secret: string,
  expiresAt: number,
): Promise<string> =>
  new SignJWT({ c: crisisId, p: person, r: request.startsWith(crisisId) ? request.slice(crisisId.length) : request })
    .setProtectedHeader({ alg: 'HS256', typ })
    .setExpirationTime(Math.ceil(expiresAt / 1000))
    .sign(bytes(secret));

/** What a token says, if it is ours and still holds at `now` (milliseconds since 1970); it never throws on a bad token. */
export const readApprovalLink = async (
  token: string,
  secret: string,
  now: number,
): Promise<ApprovalClaims | ApprovalLinkFault> => {
  try {
    const { payload } = await jwtVerify(token, bytes(secret), {
      algorithms: ['HS256'],
      typ,
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    const { c, p, r } = Payload.parse(payload);
    return { crisisId: c, person: p, request: r.startsWith('/') ? `${c}${r}` : r };
  } catch (error) {
    return { fault: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
};
