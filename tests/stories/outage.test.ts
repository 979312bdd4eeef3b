import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { never, settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

test('an alert becomes a crisis, and whoever is on call gets a mail that says what and why', async () => {
  const story = beginStory(stand);
  const [accepted] = await story.alert();

  expect(accepted).toMatchObject({ outcome: 'crisis', classification: { severity: 'P0' } });
  const mail = await story.mailTo('ana');
  expect(mail.subject).toContain('P0');
  expect(mail.text).toContain('checkout is down');
});

test('nobody answers, and the secondary is paged', async () => {
  const story = beginStory(stand, {
    steps: [
      [0, 'primary'],
      [soon, 'secondary'],
      [never, 'commander'],
    ],
  });
  await story.alert();

  await story.pageTo('ana');
  await story.pageTo('ben');
  await story.command('acknowledge', { by: 'ben' });
  expect(await story.crisis()).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ben' });
});

test('the rollback runs by itself, is verified, and the crisis counts as mitigated', async () => {
  const story = beginStory(stand, {
    actions: {
      back: { kind: 'command', title: 'Roll back', argv: ['true'], preAuthorisedForMs: '5m', idempotent: true },
      healthy: { kind: 'command', title: 'Healthy?', argv: ['true'], risk: 'safe' },
    },
    slots: { rollback: 'back', verify: 'healthy' },
  });
  await story.alert();

  const { procedures } = await story.when('the impact has ended', ({ status }) => status === 'mitigated');
  expect(procedures['mitigate']).toMatchObject({ status: 'succeeded' });
});

test('resolving wants the recovery validated, or a reason; then the watch ends, and the archive is written', async () => {
  const story = beginStory(stand, { regressionWatchMs: soon });
  await story.alert();
  await story.pageTo('ana');
  const { crisisId } = await story.crisis();

  await expect(story.command('resolve', { by: 'ana' })).rejects.toThrow('nobody has acknowledged it');
  await story.command('acknowledge', { by: 'ana' });
  await expect(story.command('resolve', { by: 'ana' })).rejects.toThrow('the recovery validation is not done');
  await story.command('resolve', { by: 'ana', reason: 'it was the cache' });

  const archived = await story.archived(crisisId);
  expect(archived.postmortem).toContain('What went well');
  expect((await stand.store.crisis(crisisId))?.crisis.status).toBe('closed');
});

test('search attributes and the panel of the Temporal UI follow the crisis', async () => {
  const story = beginStory(stand);
  await story.alert();
  await story.pageTo('ana');
  const { crisisId } = await story.crisis();
  await story.command('acknowledge', { by: 'ana' });

  const attributes = await until('the attributes to say so', async () => {
    const { typedSearchAttributes } = await story.handle.describe();
    const shown = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    return shown['CrisisStatus'] === 'acknowledged' && shown;
  });
  expect(attributes).toMatchObject({
    CrisisId: crisisId,
    CrisisType: 'productionOutage',
    CrisisSeverity: 'P0',
    CrisisStatus: 'acknowledged',
    CrisisPhase: 'immediate-response',
    CrisisService: 'shop',
    CrisisMode: 'live',
  });
  const { currentDetails } = await story.handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toContain('Ana');
  expect(currentDetails).toContain('checkout is down');
});

test('the Temporal UI says beside each signal what it is for', async () => {
  const story = beginStory(stand);
  await story.alert();
  type Metadata = { definition: { signalDefinitions: { name: string; description?: string }[] } };
  const { definition } = await story.handle.query<Metadata>('__temporal_workflow_metadata');
  const described = new Map(definition.signalDefinitions.map(({ name, description }) => [name, description]));

  expect(described.get('acknowledge')).toBe(
    'you are on it; what you were asked stops ringing; as JSON, with "by": who you are',
  );
  expect([...described.values()]).not.toContain(undefined);
});
