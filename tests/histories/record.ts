import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { settingsFor, never, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

/** Keeps the history of a workflow as it is now, under a name that says what happened in it. */
const keep = async (stand: Stand, name: string, workflowId: string, runId?: string): Promise<void> => {
  const history = await stand.client.workflow.getHandle(workflowId, runId).fetchHistory();
  await writeFile(join(import.meta.dirname, `${name}.json`), `${historyToJSON(history)}\n`);
  console.log(`${name}: ${history.events?.length ?? 0} events of ${workflowId}`);
};

const program = (title: string, more: object = {}) => ({ kind: 'command', title, argv: ['true'], ...more });

/** Nobody answers, the secondary does; the rollback helps; resolved, watched, closed. */
const wholeOutage = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand, {
    steps: [[0, 'primary'], [soon, 'secondary'], [never, 'commander']],
    budgetsMs: [2_000, never, never],
    regressionWatchMs: 1_000,
    actions: { back: program('Roll back', { preAuthorisedForMs: '5m', idempotent: true }), healthy: program('Healthy?', { risk: 'safe' }) },
    slots: { rollback: 'back', verify: 'healthy' },
  });
  await story.alert();
  await story.pageTo('ben');
  await story.command('acknowledge', { by: 'ben' });
  await story.when('mitigated', ({ status }) => status === 'mitigated');
  await story.command('assess', { by: 'ben', facts: { usersAffected: 12 } });
  const { crisisId } = await story.crisis();
  await story.command('resolve', { by: 'ben', reason: 'rolled back' });
  await story.archived(crisisId);
  await keep(stand, 'productionOutage-whole', story.workflowId);
  await keep(stand, 'postmortem', `postmortem:${crisisId}`);
};

/** P2: told, not paged; promoted by a person; goes on as an outage under the same id. */
const promotedWatch = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand);
  await story.alert({ facts: { minorFeatureIssue: true } });
  await story.when('watched', ({ type }) => type === 'watch');
  const { runId } = await stand.firebreak.view(story.key);
  await story.command('promote', { by: 'ana' });
  await story.pageTo('ana');
  await keep(stand, 'watch-promoted', story.workflowId, runId);
  await until('the other type', async () => (await story.handle.describe()).type === 'productionOutage');
  await keep(stand, 'productionOutage-promoted', story.workflowId);
};

/** P3 is recorded and opens nothing. */
const recorded = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand);
  await story.alert({ facts: { cosmetic: true } });
  await until('the record', async () => (await stand.store.alerts({ limit: 5 })).some(({ alert }) => alert.facts.cosmetic));
  await keep(stand, 'intake', 'intake:record');
};

const stand = await startStand(({ smtp }) => settingsFor({ smtp }));
try {
  await wholeOutage(stand);
  await promotedWatch(stand);
  await recorded(stand);
} finally {
  await stand.stop();
}
