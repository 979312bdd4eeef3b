import { z } from 'zod';

/** Who gave a command, proven to the API by this key; `link` for who opened a signed link. */
export const SigningActor = z.strictObject({ kind: z.enum(['person', 'machine']), id: z.string(), key: z.string() });
export type SigningActor = z.infer<typeof SigningActor>;

/** A proof that travels with a command: all of it can be read, and none of it changed. `signedAt` in milliseconds since 1970. */
export const CommandProof = z.strictObject({
  actor: SigningActor,
  signedAt: z.number(),
  keyId: z.string(),
  signature: z.string(),
});
export type CommandProof = z.infer<typeof CommandProof>;

/** What verifying a proof came to: who it was, or why nobody knows. */
export type Verified = { actor: SigningActor } | { fault: string };
