import fastify from 'fastify';
import { damageOrders } from '../../examples/orders/book.js';
import { keepProbes } from '../../src/client/probing.js';
import type { CommandName } from '../../src/domain/command.js';
import type { Facts } from '../../src/domain/facts.js';
import { engineVersion } from '../../src/domain/plan.js';
import { compliance } from '../../src/playbooks/compliance.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { taskQueue } from '../../src/workers/worker.js';
import { layOrderBook } from '../support/orderBook.js';
import { never, settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { drilled, merged, projected, throttled } from './beside.js';
import { keep } from './keep.js';
import { until } from '../support/until.js';

const program = (title: string, more: object = {}) => ({ kind: 'command', title, argv: ['true'], ...more });

/**
 * A whole P0: nobody answers until three tiers have been called; the rollback helps; phases end by their budgets, management
 * hears; a person answers, validates, resolves; the watch ends, and the crisis closes.
 */
const wholeOutage = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand, {
    steps: [
      [0, 'primary'],
      [1_000, 'secondary'],
      [2_000, 'commander'],
      [3_000, 'rotation'],
    ],
    budgetsMs: [4_000, 6_000, never],
    regressionWatchMs: 1_000,
    actions: {
      back: program('Roll back', { preAuthorisedForMs: '5m', idempotent: true }),
      healthy: program('Healthy?', { risk: 'safe' }),
    },
    slots: { rollback: 'back', verify: 'healthy' },
  });
  await story.alert();
  await story.when('mitigated', ({ status }) => status === 'mitigated');
  await story.when('the first phase has ended', ({ phase }) => phase === 1);
  await story.command('acknowledge', { by: 'ben' });
  await story.command('assess', { by: 'ben', facts: { usersAffected: 12 } });
  await story.when('the second phase has ended', ({ phase }) => phase === 2);
  const { crisisId } = await story.crisis();
  await story.command('resolve', { by: 'ben', reason: 'rolled back' });
  const { deliveries } = (await story.archived(crisisId)) && (await stand.store.crisis(crisisId))!.crisis;
  const of = (kind: string) => Object.values(deliveries).filter((row) => row.kind === kind).length;
  console.log(`a whole outage: ${of('page')} pages, ${of('tell')} messages`);
  await keep(stand, `productionOutage-whole-engine${engineVersion}`, story.workflowId);
  await keep(stand, 'postmortem', `postmortem:${crisisId}`);
};

/** Two people do what neither may alone; a third approval lapses, and somebody breaks the glass. */
const approvedOutage = async (stand: Stand): Promise<void> => {
  const { people } = settingsFor({ smtp: 1 });
  const story = beginStory(stand, {
    actions: { restart: program('Restart', { risk: 'destructive', mayRun: ['technical-lead', 'incident-commander'] }) },
    more: {
      approvalLapsesAfterMs: 1_500,
      people: {
        ...people,
        ana: { ...people['ana'], roles: ['technical-lead'] },
        chris: { ...people['chris'], roles: ['incident-commander'] },
      },
    },
  });
  const as = (id: string) => ({ kind: 'person', id, key: 'recorded' }) as const;
  const run = (more: object = {}) =>
    stand.firebreak.command(story.key, 'run', { by: 'ana', what: 'restart', ...more }, as('ana'));
  const ran = (times: number) =>
    story.when(
      `run ${times} times`,
      ({ actions }) => actions.filter(({ status }) => status === 'succeeded').length === times,
    );
  await story.alert();
  await story.command('acknowledge', { by: 'ana' });
  await story.command('run', { by: 'ana', what: 'restart' }).catch(() => undefined);
  await run();
  const [request = ''] = Object.keys((await story.crisis()).approvals);
  await stand.firebreak.command(story.key, 'approve', { by: 'chris', request }, as('chris'));
  await ran(1);
  await run();
  await until('the lapse', async () => (await story.eventsOf('approvalLapsed')).length === 1);
  await run({ breakGlass: true, reason: 'nobody else is up' });
  await ran(2);
  await story.command('standDown', { by: 'ana', reason: 'recorded' });
  await until('its end', async () => (await story.handle.describe()).status.name === 'COMPLETED');
  await keep(stand, 'productionOutage-approved', story.workflowId);
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
  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'it was the cache' });
  await keep(stand, 'productionOutage-promoted', story.workflowId);
};

/** P3 is recorded and opens nothing. */
const recorded = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand);
  await story.alert({ facts: { cosmetic: true } });
  await until('the record', async () =>
    (await stand.store.alerts({ limit: 5 })).some(({ alert }) => alert.facts.cosmetic),
  );
  await keep(stand, 'intake-careful', 'intake:record');
};

/** So many alerts of one cause that they are gathered on their way; a crisis is open already. */
const stormed = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  for (let round = 0; round < 90; round++)
    await Promise.all(Array.from({ length: 8 }, (_, i) => story.alert({ dedupKey: `storm:${i}` })));
  await story.when('every alert counted', ({ alertCount }) => alertCount === 721);
  for await (const { workflowId, runId } of stand.client.workflow.list({ query: 'WorkflowType = "intakeShard"' }))
    await keep(stand, 'intakeShard-folded', workflowId, runId);
};

/** A service fails its health check and recovers; its probe goes faster meanwhile. */
const probed = async (stand: Stand): Promise<void> => {
  const app = fastify({ forceCloseConnections: true });
  let status = 503;
  app.get('/', (_request, reply) => reply.code(status).send());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const healthCheck = { kind: 'http', url, everyMs: 200, crisisEveryMs: 50, timeoutMs: 1_000 };
  const story = beginStory(stand, { service: { healthCheck }, regressionWatchMs: soon });
  await keepProbes(stand.client, stand.settings(), taskQueue);
  await story.pageTo('ana');
  status = 200;
  await until('the recovery', async () => (await story.eventsOf('alertsCleared')).length > 0);
  await keep(stand, 'probe', 'probe:shop');
  await app.close();
};

/** Corrupted data; the newer of two backups holds the damage too, and the older one is validated and switched to. */
const recoveredData = async (stand: Stand): Promise<void> => {
  const book = await layOrderBook();
  Object.assign(process.env, book.environment);
  await book.order(600, 180, 90);
  await book.backUp('sound', 90);
  await damageOrders(book.serviceUrl);
  await book.backUp('late', 10);
  const story = beginStory(stand, {
    service: { database: 'orders' },
    more: {
      databases: { orders: book.database() },
      playbooks: { dataLoss: { ...dataLoss, regressionWatchMs: soon } },
    },
  });
  await story.alert({ facts: { dataLoss: true } });
  const { crisisId } = await story.when('the recovery', ({ status }) => status === 'mitigated');
  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'the data is sound' });
  await story.archived(crisisId);
  await keep(stand, 'dataLoss-recovered', story.workflowId);
  await book.stop();
};

/** A restricted crisis from its alert to its end: by whom it is led, whom it admits, and what a regulator is told. */
const restricted = async (stand: Stand, name: string, facts: Facts): Promise<void> => {
  const story = beginStory(stand, {
    more: {
      security: { people: ['carl'] },
      regulatory: { regimes: ['GDPR'] },
      playbooks: {
        securityIncident: { ...securityIncident, regressionWatchMs: soon },
        compliance: { ...compliance, regressionWatchMs: soon },
      },
    },
  });
  const [accepted] = await story.alert({ summary: 'somebody reads what is not theirs', facts });
  const workflowId = accepted?.workflowId ?? '';
  const command = (what: CommandName, input: object) =>
    stand.firebreak.command(workflowId, what, { by: 'carl', ...input });
  const { crisisId } = (await until('the crisis', () => stand.firebreak.view(workflowId))).crisis;
  await until('its first page', async () =>
    Object.values((await stand.firebreak.view(workflowId)).crisis.deliveries).some(({ status }) => status === 'sent'),
  );
  await command('acknowledge', {});
  await command('admit', { person: 'dana' });
  await command('mark', { anchor: 'aware', at: new Date(Date.now() - 1_000).toISOString() });
  await command('advance', { reason: 'the scope is known' });
  await command('file', { obligation: 'gdpr-authority', reference: 'A-1077' });
  await command('resolve', { reason: 'it is closed to them' });
  await until('the archive', () => stand.store.archived(crisisId));
  await keep(stand, name, workflowId);
};

const breach = (stand: Stand) =>
  restricted(stand, `securityIncident-breach-engine${engineVersion}`, { securityBreach: true });
const violation = (stand: Stand) => restricted(stand, 'securityIncident-compliance', { legalViolation: true });

const stand = await startStand(settingsFor);
try {
  const chosen = process.argv.slice(2);
  const all = {
    wholeOutage,
    merged,
    throttled,
    projected,
    drilled,
    approvedOutage,
    promotedWatch,
    recorded,
    stormed,
    probed,
    recoveredData,
    breach,
    violation,
  };
  // Older histories are worth keeping, of each engine one at least: `npm run record -- approvedOutage` records that one alone.
  for (const [name, record] of Object.entries(all))
    if (chosen.length === 0 || chosen.includes(name)) await record(stand);
} finally {
  await stand.stop();
}
