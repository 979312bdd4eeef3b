import type { ActionResult } from '../domain/action.js';

/** What an action came to, before its output and its times are added. */
export type Verdict = Pick<ActionResult, 'status' | 'summary'>;

export const failed = (summary: string): Verdict => ({ status: 'failed', summary });
