import type { Client } from '@temporalio/client';
import type { Settings } from '../domain/settings.js';
import { configureSignal } from '../workflows/messages.js';
import { isMissing } from './faults.js';
import { probeWorkflowId } from './identity.js';
import { startOptions } from './starting.js';

/** One probe for each service with a health check, as configured now; those of services that have gone are ended. */
export const keepProbes = async (client: Client, settings: Settings, taskQueue: string): Promise<void> => {
  const wanted = Object.entries(settings.services).flatMap(([service, { healthCheck }]) =>
    healthCheck ? [{ service, check: healthCheck }] : [],
  );
  for (const { service, check } of wanted) {
    await client.workflow.signalWithStart('probe', {
      ...startOptions,
      taskQueue,
      workflowId: probeWorkflowId(service),
      args: [{ service, check, healthy: true, pace: 'normal' }],
      signal: configureSignal,
      signalArgs: [check],
      staticSummary: `health of ${service}`,
    });
  }
  const ids = new Set(wanted.map(({ service }) => probeWorkflowId(service)));
  for await (const { workflowId } of client.workflow.list({
    query: 'ExecutionStatus = "Running" AND WorkflowType = "probe"',
  })) {
    if (ids.has(workflowId)) continue;
    await client.workflow
      .getHandle(workflowId)
      .cancel()
      .catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
  }
};
