import type { ObligationInput } from '../obligation.js';
import { withinADay, withinDays, withinWeeks } from './timing.js';

/** Directive (EU) 2022/2555, NIS2: significant incidents of essential and important entities. National law may be stricter. */
export const nis2: readonly ObligationInput[] = [
  {
    id: 'nis2-early-warning',
    regime: 'NIS2',
    title: 'Early warning',
    to: 'the CSIRT or the competent authority',
    from: { mark: 'aware' },
    within: { hours: 24 },
    source: 'NIS2 Art. 23(4)(a)',
    asOf: '2026-11-23',
    ...withinADay,
  },
  {
    id: 'nis2-notification',
    regime: 'NIS2',
    title: 'Incident notification',
    to: 'the CSIRT or the competent authority',
    from: { mark: 'aware' },
    within: { hours: 72 },
    source: 'NIS2 Art. 23(4)(b)',
    asOf: '2026-11-23',
    ...withinDays,
  },
  {
    id: 'nis2-final-report',
    regime: 'NIS2',
    title: 'Final report',
    to: 'the CSIRT or the competent authority',
    from: { filing: 'nis2-notification' },
    within: { months: 1 },
    source: 'NIS2 Art. 23(4)(d)',
    asOf: '2026-11-23',
    ...withinWeeks,
  },
];
