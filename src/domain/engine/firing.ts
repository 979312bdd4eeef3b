import type { Decision } from './decision.js';

/** Whether any alert of the crisis still fires. */
export const isFiring = ({ crisis }: Decision): boolean =>
  Object.values(crisis.alerts).some(({ status }) => status === 'firing');
