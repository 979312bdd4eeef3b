import type { ObligationInput } from '../obligation.js';
import { withinDays, withinHours, withinWeeks } from './timing.js';

/** Regulation (EU) 2022/2554, DORA: major ICT-related incidents of financial entities; its time limits stand in (EU) 2025/301. */
export const dora: readonly ObligationInput[] = [
  {
    id: 'dora-initial',
    regime: 'DORA',
    title: 'Initial notification',
    to: 'the competent authority',
    from: { mark: 'classified' },
    within: { hours: 4 },
    atMost: { from: { mark: 'aware' }, within: { hours: 24 } },
    source: 'DORA Art. 19(4)(a), Delegated Regulation (EU) 2025/301 Art. 5',
    asOf: '2026-11-23',
    ...withinHours,
  },
  {
    id: 'dora-intermediate',
    regime: 'DORA',
    title: 'Intermediate report',
    to: 'the competent authority',
    from: { filing: 'dora-initial' },
    within: { hours: 72 },
    source: 'DORA Art. 19(4)(b), Delegated Regulation (EU) 2025/301 Art. 5',
    asOf: '2026-11-23',
    ...withinDays,
  },
  {
    id: 'dora-final',
    regime: 'DORA',
    title: 'Final report',
    to: 'the competent authority',
    from: { filing: 'dora-intermediate' },
    within: { months: 1 },
    source: 'DORA Art. 19(4)(c), Delegated Regulation (EU) 2025/301 Art. 5',
    asOf: '2026-11-23',
    ...withinWeeks,
  },
];
