import type { Scenario } from '../../src/domain/scenario.js';
import { scenarioFaults } from '../../src/domain/scenario/check.js';
import type { Settings } from '../../src/domain/settings.js';
import { misused } from '../output/fault.js';

/** Throws a `Fault` that names everything in the scenario which the configuration does not know. */
export const refuseUnfit = (scenario: Scenario, settings: Settings): void => {
  const faults = scenarioFaults(scenario, settings);
  if (faults.length > 0) throw misused(['The scenario does not fit the configuration:', ...faults].join('\n'));
};
