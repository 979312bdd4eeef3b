import { z } from 'zod';
import { Role } from './role.js';

/** Who may go ahead without the approvals that an action needs, and who above them hears of it at once. */
export const AuthorityRules = z.strictObject({
  breakGlass: z
    .strictObject({
      roles: z.array(Role).default(['incident-commander', 'technical-lead', 'security-lead']),
      /** Rungs of the ladder that are paged and told; the lowest one unless named. */
      rungs: z.array(z.string()).default([]),
    })
    .prefault({}),
});
export type AuthorityRules = z.infer<typeof AuthorityRules>;
