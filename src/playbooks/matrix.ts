import type { Rule } from '../domain/classification.js';
import type { Condition } from '../domain/condition.js';

/** Slow, and nothing worse is known: the seed judges slowness by its own two rows. */
const notMerelySlow: Condition = {
  any: [{ not: { fact: 'performanceDegraded' } }, { fact: 'partialDegradation' }, { fact: 'majorFeatureUnavailable' }],
};
const shareKnown: Condition = { fact: 'usersAffectedPercent', atLeast: 0 };
const aboveHalf: Condition = { fact: 'usersAffectedPercent', above: 50 };

const critical: readonly Rule[] = [
  {
    name: 'complete-outage',
    severity: 'P0',
    type: 'productionOutage',
    when: { fact: 'completeOutage' },
    says: 'Complete service outage',
  },
  {
    name: 'security-breach',
    severity: 'P0',
    type: 'securityIncident',
    when: { fact: 'securityBreach' },
    says: 'Data breach or security compromise',
  },
  {
    name: 'payment-failure',
    severity: 'P0',
    type: 'productionOutage',
    when: { fact: 'paymentFailure' },
    says: 'Payment processing failure',
  },
  {
    name: 'legal-violation',
    severity: 'P0',
    type: 'securityIncident',
    when: { fact: 'legalViolation' },
    says: 'Legal or regulatory compliance violation',
  },
];

const high: readonly Rule[] = [
  {
    name: 'partial-degradation',
    severity: 'P1',
    type: 'productionOutage',
    when: { fact: 'partialDegradation' },
    says: 'Partial service degradation',
  },
  {
    name: 'major-feature',
    severity: 'P1',
    type: 'productionOutage',
    when: { fact: 'majorFeatureUnavailable' },
    says: 'Major feature unavailable',
  },
  {
    name: 'slow-for-most',
    severity: 'P1',
    type: 'productionOutage',
    when: { all: [{ fact: 'performanceDegraded' }, aboveHalf] },
    says: 'Performance issues affect more than half of the users',
  },
  {
    name: 'data-integrity',
    severity: 'P1',
    type: 'dataLoss',
    when: { fact: 'dataIntegrityConcern' },
    says: 'Data integrity concerns',
  },
];

const medium: readonly Rule[] = [
  {
    name: 'minor-feature',
    severity: 'P2',
    type: 'watch',
    when: { fact: 'minorFeatureIssue' },
    says: 'Minor feature issue',
  },
  {
    // Exactly half belongs here: the seed's P1 row begins above it.
    name: 'slow-for-some',
    severity: 'P2',
    type: 'watch',
    when: { all: [{ fact: 'performanceDegraded' }, shareKnown, { not: aboveHalf }] },
    says: 'Performance degradation for at most half of the users',
  },
  {
    name: 'security-concern',
    severity: 'P2',
    type: 'watch',
    when: { fact: 'securityConcern' },
    says: 'Non-critical security concern',
  },
  {
    name: 'documentation-or-ui',
    severity: 'P2',
    type: 'watch',
    when: { fact: 'documentationOrUi' },
    says: 'Documentation or UI problem',
  },
];

const low: readonly Rule[] = [
  { name: 'cosmetic', severity: 'P3', type: 'watch', when: { fact: 'cosmetic' }, says: 'Cosmetic issue' },
  {
    name: 'enhancement',
    severity: 'P3',
    type: 'watch',
    when: { fact: 'enhancementRequest' },
    says: 'Enhancement request',
  },
  {
    name: 'minor-optimisation',
    severity: 'P3',
    type: 'watch',
    when: { fact: 'minorOptimisation' },
    says: 'Minor performance optimisation',
  },
  { name: 'improvement', severity: 'P3', type: 'watch', when: { fact: 'improvement' }, says: 'Non-urgent improvement' },
];

/** The seed's severity matrix, row by row and in its order. */
export const seedMatrix: readonly Rule[] = [...critical, ...high, ...medium, ...low];

/** What the matrix leaves open: lost data, slowness of unknown extent, and the share of users hit. */
const beyondTheMatrix: readonly Rule[] = [
  { name: 'data-loss', severity: 'P0', type: 'dataLoss', when: { fact: 'dataLoss' }, says: 'Data is lost' },
  {
    name: 'most-users',
    severity: 'P0',
    type: 'productionOutage',
    when: { all: [{ fact: 'usersAffectedPercent', atLeast: 80 }, notMerelySlow] },
    says: 'At least 80 % of the users are hit',
  },
  {
    name: 'half-of-users',
    severity: 'P1',
    type: 'productionOutage',
    when: { all: [{ fact: 'usersAffectedPercent', atLeast: 50 }, notMerelySlow] },
    says: 'At least half of the users are hit',
  },
  {
    name: 'slow-for-unknown',
    severity: 'P1',
    type: 'productionOutage',
    when: { all: [{ fact: 'performanceDegraded' }, { not: shareKnown }] },
    says: 'Performance issues, and nobody knows yet for how many; in doubt the worse',
  },
  {
    name: 'tenth-of-users',
    severity: 'P2',
    type: 'watch',
    when: { all: [{ fact: 'usersAffectedPercent', atLeast: 10 }, notMerelySlow] },
    says: 'At least a tenth of the users are hit',
  },
];

const known = [...seedMatrix, ...beyondTheMatrix];

/** The sender's own word counts only while no other rule has anything to say. */
const senderSays = (word: string, severity: Rule['severity'], type: Rule['type']): Rule => ({
  name: `sender-says-${word}`,
  severity,
  type,
  when: { all: [{ fact: 'sourceSeverity', is: word }, { not: { any: known.map(({ when }) => when) } }] },
  says: `The sender calls it ${word}, and nothing else decides`,
});

/** What decides where the configuration has no rules of its own. */
export const defaultRules: readonly Rule[] = [
  ...known,
  senderSays('critical', 'P1', 'productionOutage'),
  senderSays('error', 'P1', 'productionOutage'),
  senderSays('warning', 'P2', 'watch'),
  senderSays('info', 'P3', 'watch'),
];
