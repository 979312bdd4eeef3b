import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import { until } from '../../tests/support/until.js';
import { outageOf, type Api } from '../ground/api.js';
import { haste } from '../ground/settings.js';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

const workflowId = 'crisis:outage';
const inHaste = (minutes: number): number => (minutes * 60_000) / haste;

/**
 * A whole P0 outage, an hour long with every minute hastened: two calls unanswered, the rollback by itself, a person who
 * acknowledges, assesses, works through the checklist, validates and resolves; a second one who sends every update before it is
 * due; the regression watch; closed. Nobody rests for a quarter of an hour, after which Firebreak would call again.
 */
export const wholeOutage = async (api: Api, client: Client): Promise<History> => {
  const began = Date.now();
  const atMinute = (minute: number) => sleep(Math.max(0, began + inHaste(minute) - Date.now()));
  await api.alert(outageOf('outage'));
  const { crisisId } = await until('the crisis', () => api.crisis('outage'));
  const command = (name: string, input: object = {}) => api.command(crisisId, name, input);
  /** What a person does of the checklist; what is automatic does itself. */
  const workAt = async (minute: number, ...tasks: string[]): Promise<void> => {
    await atMinute(minute);
    for (const task of tasks) await command('complete', { task });
  };
  const update = (text: string) => command('announce', { by: 'dana', audience: 'everyone', text });

  await atMinute(0.25);
  await api.alert(outageOf('outage', { dedupKey: 'outage:errors' }));
  await atMinute(2.5);
  await command('acknowledge');
  await command('assign', { role: 'communication-lead', person: 'dana' });
  await workAt(4, 'assess-scope');
  await workAt(12, 'log-analysis', 'change-review', 'analyze-errors', 'quantify-affected', 'identify-regions');
  await atMinute(16);
  await update('the release of this evening is suspected; it is being rolled back');
  await workAt(20, 'identify-factors', 'verify-hypothesis');
  await command('assess', { facts: { usersAffected: 1_200, revenueLost: 5_400 } });
  await command('note', { text: 'the release of this evening is the cause; it is rolled back' });
  await atMinute(31);
  await update('no errors for ten minutes; the queue of orders is worked off');
  await atMinute(40);
  await api.alert(outageOf('outage', { status: 'resolved' }));
  await api.alert(outageOf('outage', { status: 'resolved', dedupKey: 'outage:errors' }));
  await atMinute(46);
  await update('the last orders of the queue are through');
  await atMinute(60);
  await command('resolve', { reason: 'twenty orders of twenty went through' });

  const handle = client.workflow.getHandle(workflowId);
  await until('the crisis to close', async () => (await handle.describe()).status.name === 'COMPLETED', 60_000);
  const history = await handle.fetchHistory();
  await until('the papers to be kept', async () => {
    const { status } = await client.workflow.getHandle(`postmortem:${crisisId}`).describe();
    return status.name === 'COMPLETED';
  }).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
  return history;
};
