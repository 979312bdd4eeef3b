import { isRestrictedKey } from '../domain/crisisId.js';
import type { SerializationContext } from '@temporalio/common';

/**
 * Whether what is written belongs to a restricted workflow. Activities, signals, children and failures are told by the
 * workflow that they go to or come from; where the SDK cannot tell, it counts as restricted.
 */
export const isRestricted = (context: SerializationContext | undefined): boolean =>
  context?.workflowId === undefined || isRestrictedKey(context.workflowId);
