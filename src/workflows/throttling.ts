import { defineUpdate } from '@temporalio/workflow';
import type { Admission, PageAsked, PageThrottle } from '../domain/throttle.js';

/** How pages of one person go out, each in turn. The name of the workflow type is `pageThrottle`. */
export const admitUpdate = defineUpdate<readonly Admission[], [{ pages: readonly PageAsked[]; rules: PageThrottle }]>(
  'admit',
);
