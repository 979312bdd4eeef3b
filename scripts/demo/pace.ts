import { productionOutage } from '../../src/playbooks/productionOutage.js';
import type { Settings } from '../../src/domain/settings.js';

export const seconds = (count: number): number => count * 1000;

/** The seed's minutes as seconds: budgets of 8, 40 and 90 s, and a regression watch of 6 s. Everything else is the seed's playbook. */
const budgets = [seconds(8), seconds(40), seconds(90)];

export const atDemoPace = (settings: Settings): Settings => {
  const { phases, procedures, ...rest } = productionOutage;
  const { mitigate, ...others } = procedures;
  const hurried = mitigate && {
    ...mitigate,
    // The rollback drains the shop for a while, so that there is time to see who is called meanwhile.
    steps: mitigate.steps.map((step) => ({
      ...step,
      bakeMs: seconds(1),
      ...(step.slot === 'rollback' && { parameters: { slowMs: seconds(3) } }),
    })),
  };
  return {
    ...settings,
    playbooks: {
      ...settings.playbooks,
      productionOutage: {
        ...rest,
        phases: phases.map((phase, i) => ({ ...phase, untilMs: budgets[i] ?? phase.untilMs })),
        procedures: { ...others, ...(hurried && { mitigate: hurried }) },
        repeatEveryMs: seconds(30),
        regressionWatchMs: seconds(6),
      },
    },
  };
};
