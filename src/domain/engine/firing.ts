import type { Decision } from './decision.js';

/** Whether any alert of the crisis still fires. */
export const isFiring = ({ crisis }: Decision): boolean => {
  for (const key in crisis.alerts) if (crisis.alerts[key]?.status === 'firing') return true;
  return false;
};
