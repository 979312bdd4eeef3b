import type { ObligationInput } from '../obligation.js';
import { withinADay, withinDays, withinWeeks } from './timing.js';

/** Its Article 14 applies from this day on (Art. 71(2)), long before the rest of the regulation. */
const inForceFrom = '2026-09-11';
const to = 'the coordinating CSIRT and ENISA, by the single reporting platform';

/**
 * Regulation (EU) 2024/2847, Cyber Resilience Act: exploited vulnerabilities and severe incidents of products. There is one
 * final report of two; the one that does not fit the case is closed as not required.
 */
export const cra: readonly ObligationInput[] = [
  {
    id: 'cra-early-warning',
    regime: 'CRA',
    title: 'Early warning',
    to,
    from: { mark: 'aware' },
    within: { hours: 24 },
    inForceFrom,
    source: 'CRA Art. 14(2)(a) and (4)(a)',
    asOf: '2026-11-23',
    ...withinADay,
  },
  {
    id: 'cra-notification',
    regime: 'CRA',
    title: 'Notification of the vulnerability or the incident',
    to,
    from: { mark: 'aware' },
    within: { hours: 72 },
    inForceFrom,
    source: 'CRA Art. 14(2)(b) and (4)(b)',
    asOf: '2026-11-23',
    ...withinDays,
  },
  {
    id: 'cra-final-vulnerability',
    regime: 'CRA',
    title: 'Final report on the vulnerability',
    to,
    from: { mark: 'fixAvailable' },
    within: { days: 14 },
    inForceFrom,
    source: 'CRA Art. 14(2)(c)',
    asOf: '2026-11-23',
    ...withinWeeks,
  },
  {
    id: 'cra-final-incident',
    regime: 'CRA',
    title: 'Final report on the incident',
    to,
    from: { filing: 'cra-notification' },
    within: { months: 1 },
    inForceFrom,
    source: 'CRA Art. 14(4)(c)',
    asOf: '2026-11-23',
    ...withinWeeks,
  },
];
