import type { RegulatoryDue } from './regulatory/clocks.js';

/** One thing the clocks will do if nothing else happens. `at` in milliseconds since 1970. */
export type Due =
  | RegulatoryDue
  | { at: number; what: 'pageStep'; engagement: string; step: number }
  | { at: number; what: 'repeatPaging'; engagement: string; round: number }
  | { at: number; what: 'engageRung'; rung: string }
  | { at: number; what: 'phaseBudget'; phase: number; repeat: number }
  | { at: number; what: 'forgottenAck' }
  | { at: number; what: 'approvalLapses'; request: string }
  | { at: number; what: 'stepBaked'; procedure: string; step: number }
  | { at: number; what: 'updateReminder'; promisedAt: number }
  | { at: number; what: 'update'; promisedAt: number }
  | { at: number; what: 'raiseSeverity'; to: 'P0' | 'P1' }
  | { at: number; what: 'alertSteady'; dedupKey: string }
  | { at: number; what: 'regressionWatchEnds' };
