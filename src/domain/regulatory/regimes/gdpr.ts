import type { ObligationInput } from '../obligation.js';
import { withinADay, withinDays } from './timing.js';

/** General Data Protection Regulation, (EU) 2016/679: breaches of personal data. */
export const gdpr: readonly ObligationInput[] = [
  {
    id: 'gdpr-authority',
    regime: 'GDPR',
    title: 'Notification of the supervisory authority',
    to: 'the data protection authority',
    from: { mark: 'aware' },
    within: { hours: 72 },
    phased: true,
    lateGivesReasons: true,
    source: 'GDPR Art. 33(1) and (4)',
    asOf: '2026-11-23',
    ...withinDays,
  },
  {
    // The article says "without undue delay" and names no figure; a day from the finding is ours.
    id: 'gdpr-subjects',
    regime: 'GDPR',
    title: 'Communication to the people concerned',
    to: 'the people concerned',
    from: { mark: 'highRisk' },
    within: { hours: 24 },
    law: false,
    source: 'GDPR Art. 34(1)',
    asOf: '2026-11-23',
    ...withinADay,
  },
];
