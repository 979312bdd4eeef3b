import type { ObligationInput } from '../obligation.js';
import { withinDays } from './timing.js';

/** US Securities and Exchange Commission: material cybersecurity incidents of listed companies. */
export const sec: readonly ObligationInput[] = [
  {
    id: 'sec-8k',
    regime: 'SEC',
    title: 'Form 8-K, item 1.05',
    to: 'the investors, by EDGAR',
    from: { mark: 'material' },
    // What EDGAR takes after 17:30 Eastern bears the next business day's date (Regulation S-T, rule 13(a)(2)).
    within: { businessDays: 4, closesAt: '17:30', zone: 'America/New_York' },
    source: 'Form 8-K, General Instruction B.1 and item 1.05',
    asOf: '2026-11-23',
    ...withinDays,
  },
];
