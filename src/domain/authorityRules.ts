import { z } from 'zod';
import { Role } from './role.js';

/** Who may go ahead without the approvals that are needed, who above them hears of it at once, and whose word leaves the house. */
export const AuthorityRules = z.strictObject({
  breakGlass: z
    .strictObject({
      roles: z.array(Role).default(['incident-commander', 'technical-lead', 'security-lead']),
      /** Rungs of the ladder that are paged and told; the lowest one unless named. */
      rungs: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** What people write themselves for those outside waits for an approval; templates are approved by being configured. */
  outsideText: z
    .strictObject({
      required: z.boolean().default(true),
      approvedBy: z.array(Role).min(1).default(['incident-commander']),
    })
    .prefault({}),
});
/** As a crisis has pinned them; one from before there were approvals of texts has none of those. */
export type PinnedAuthority = Omit<AuthorityRules, 'outsideText'> & Partial<Pick<AuthorityRules, 'outsideText'>>;
export type AuthorityRules = z.infer<typeof AuthorityRules>;
