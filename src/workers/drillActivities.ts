import { ApplicationFailure } from '@temporalio/activity';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { DrillActivities } from '../activities/drill.js';
import { createHostDrillActivity, type DrillHost } from '../activities/drillHost.js';
import { createScoreDrillActivity } from '../activities/drillScore.js';
import { commandKeysOf } from '../client/derivedKeys.js';
import { createDrilling } from '../client/drilling.js';
import { scenarioFaults } from '../domain/scenario/check.js';
import type { ActivityNeeds } from './activities.js';

type Needs = Pick<ActivityNeeds, 'client' | 'settings' | 'store' | 'signingKey' | 'commandKeys' | 'writePostmortem'> & {
  /** Absent: this worker conducts no drills. */
  host: DrillHost | undefined;
};

/** What the ordinary worker does for drills: it conducts them, and touches their crises only through Temporal. */
export const createDrillActivities = (needs: Needs): DrillActivities => {
  const { client, settings, store, signingKey, commandKeys, writePostmortem, host } = needs;
  const signing = commandKeysOf(signingKey, commandKeys);
  const drilling = createDrilling({ client, settings, now: () => new Date(), signing });
  return {
    checkDrill: ({ scenario }) => {
      const faults = scenarioFaults(scenario, settings());
      if (faults.length === 0) return Promise.resolve();
      throw ApplicationFailure.nonRetryable(
        ['the scenario does not fit the configuration:', ...faults].join('\n'),
        'ScenarioDoesNotFit',
      );
    },
    ...createHostDrillActivity(host),
    drillAlert: (run, moment, nth) => drilling.alert(run, moment, nth),
    drillCommand: (run, command, id) => drilling.command(run, command, id),
    ...createScoreDrillActivity({
      store,
      write: writePostmortem,
      exportHistory: async (workflowId, runId) =>
        JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory())) as unknown,
    }),
  };
};
