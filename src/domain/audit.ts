import { z } from 'zod';

/** How sure we are of who it was: by their key, by a signed link, said and not proven, or ourselves. */
export const Proof = z.enum(['api key', 'signed link', 'not proven', 'firebreak']);
export type Proof = z.infer<typeof Proof>;

/** By what somebody could do it; `anybody` where nothing was needed, `none` where they could not. */
export const Authority = z.strictObject({
  kind: z.enum(['anybody', 'role', 'approval', 'policy', 'break-glass', 'administrator', 'none']),
  /** Which role or policy, or who approved. */
  of: z.array(z.string()).default([]),
  reason: z.string().optional(),
});
export type Authority = z.infer<typeof Authority>;

/** One thing that somebody did or tried to do. `at` in milliseconds since 1970. */
export const AuditEntry = z.strictObject({
  at: z.number(),
  who: z.strictObject({ id: z.string().min(1), proof: Proof, key: z.string().optional() }),
  what: z.string().min(1),
  /** The crisis, the action, the key or whatever else it was done to. */
  on: z.strictObject({ crisis: z.string().optional(), target: z.string().optional() }),
  authority: Authority,
  outcome: z.enum(['done', 'refused', 'failed', 'requested']),
  /** Why it was refused or failed, in the words the actor got. */
  why: z.string().optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The one chain of all that is audited. */
export const auditChain = 'audit';
