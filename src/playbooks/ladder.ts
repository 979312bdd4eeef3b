import { hours } from '../domain/duration.js';
import type { Rung } from '../domain/paging.js';

/** A rung without its people, who come from the configuration. */
export type DefaultRung = Omit<Rung, 'people'>;

/** The seed's management escalation, lowest rung first: after how long each is engaged, and on which facts at once. */
export const defaultRungs: readonly DefaultRung[] = [
  { id: 'engineering-manager', title: 'Engineering Manager', engageAfterMs: hours(1), engageOn: [] },
  { id: 'vp-engineering', title: 'VP Engineering', engageAfterMs: hours(4), engageOn: ['highImpact'] },
  { id: 'cto', title: 'CTO', engageOn: ['securityBreach', 'regulatory', 'legalViolation'] },
  { id: 'ceo', title: 'CEO', engageOn: ['publicAttention', 'majorBusinessImpact'] },
];
