import { z } from 'zod';

const flag = z.boolean();

/**
 * What is known of the damage. The flags of the first group are the rows of the seed's matrix; those of the second are
 * set by `assess` and feed the management ladder; the third is measured. Absent means not known, which is not the same as false.
 */
export const Facts = z
  .object({
    completeOutage: flag,
    securityBreach: flag,
    paymentFailure: flag,
    legalViolation: flag,
    partialDegradation: flag,
    majorFeatureUnavailable: flag,
    performanceDegraded: flag,
    dataIntegrityConcern: flag,
    minorFeatureIssue: flag,
    securityConcern: flag,
    documentationOrUi: flag,
    cosmetic: flag,
    enhancementRequest: flag,
    minorOptimisation: flag,
    improvement: flag,

    dataLoss: flag,
    highImpact: flag,
    majorBusinessImpact: flag,
    publicAttention: flag,
    regulatory: flag,

    usersAffectedPercent: z.number().min(0).max(100),
    usersAffected: z.number().int().min(0),
    transactionsAffected: z.number().int().min(0),
    revenueLost: z.number().min(0).describe('in the organisation’s currency'),
    ticketsOpened: z.number().int().min(0),
    regions: z.array(z.string().max(100)).max(50),
    /** The sender's own word, for when it says nothing else. */
    sourceSeverity: z.enum(['critical', 'error', 'warning', 'info']),
  })
  .partial();
export type Facts = z.infer<typeof Facts>;
export type FactName = keyof Facts;
export const factNames = Object.keys(Facts.shape) as FactName[];
