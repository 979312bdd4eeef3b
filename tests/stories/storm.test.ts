import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Alert } from '../../src/domain/alert.js';
import { signalOf } from '../../src/workflows/messages.js';
import { alertOf } from '../support/plan.js';
import { replayAll } from '../support/replaying.js';
import { never, settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;

beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop());

const given = (more: Record<string, unknown>) => stand.configure(settingsFor({ smtp: stand.smtpPort, more }));
const alert = (fields: Partial<Alert>) => alertOf({ receivedAt: Date.now(), ...fields });
const crisis = async (key: string) => (await stand.firebreak.view(key)).crisis;
const status = (key: string) =>
  stand.client.workflow
    .getHandle(`crisis:${key}`)
    .describe()
    .then(({ type }) => type);

/** So many senders, each of which waits for its answer before it sends the next one. */
const send = async (alerts: readonly Alert[], connections: number) => {
  const queue = alerts.values();
  const accepted: string[] = [];
  const sender = async () => {
    for (const one of queue) {
      const [answer] = await stand.firebreak.accept([one]);
      accepted.push(answer?.workflowId?.replace('crisis:', '') ?? 'none');
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return accepted;
};

test('a storm of one cause is one crisis, one page, and every alert counted', async () => {
  given({});
  const storm = Array.from({ length: 2_000 }, () => alert({ service: 'one-cause' }));
  await send(storm, 16);

  const seen = await until(
    'every alert counted',
    async () => {
      const now = await crisis('one-cause');
      return now.alertCount >= storm.length && now;
    },
    60_000,
  );
  expect(seen.alertCount).toBe(storm.length);
  expect(Object.values(seen.deliveries).filter(({ person, kind }) => person === 'ana' && kind === 'page')).toHaveLength(
    1,
  );
}, 120_000);

test('an intake that is looked at in Temporal’s interface while it gathers answers, and takes the same decisions again', async () => {
  given({});
  let isOver = false;
  const storming = send(
    Array.from({ length: 4_000 }, () => alert({ service: 'looked-at' })),
    16,
  ).finally(() => (isOver = true));
  const shards = await until('its intake', async () => {
    const ids: string[] = [];
    const query = 'WorkflowType = "intakeShard" AND ExecutionStatus = "Running"';
    for await (const { workflowId } of stand.client.workflow.list({ query })) ids.push(workflowId);
    return ids.length > 0 && ids;
  });
  let answers = 0;
  const look = async (id: string): Promise<void> => {
    while (!isOver) {
      await stand.client.workflow.getHandle(id).query('__temporal_workflow_metadata');
      answers++;
    }
  };
  await Promise.all([storming, ...shards.map(look)]);

  expect(answers).toBeGreaterThan(0);
  expect((await replayAll(stand.client)).others).toEqual([]);
}, 120_000);

test('an alert sent again under its Idempotency-Key counts once, also beside the one that opened the crisis', async () => {
  given({});
  const post = async (key: string) => {
    const { status } = await fetch(`${stand.apiUrl}/api/v1/alerts/generic`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ summary: 'checkout is down', service: 'keyed', severity: 'critical' }),
    });
    expect(status).toBe(202);
  };
  for (const key of ['first', 'first', 'second', 'second', 'third']) await post(key);

  const seen = await until('the third', async () => {
    const now = await crisis('keyed');
    return now.alertCount >= 3 && now;
  });
  expect(seen.alertCount).toBe(3);
}, 60_000);

test('a region that goes down is one crisis with many causes; those that were first join it, except where somebody acts', async () => {
  given({ umbrella: { moreThan: 4, by: ['region'] } });
  const down = (index: number) => alert({ service: `svc-${index}`, dedupKey: `d${index}`, labels: { region: 'eu-1' } });
  for (const index of [0, 1, 2, 3]) await stand.firebreak.accept([down(index)]);
  await stand.firebreak.command('svc-0', 'acknowledge', { by: 'ben' });
  await send(
    Array.from({ length: 56 }, (_, index) => down(index + 4)),
    16,
  );

  const key = 'umbrella:region-eu-1';
  const umbrella = await until(
    'all causes under it',
    async () => {
      const now = await crisis(key);
      return Object.keys(now.causes ?? {}).length === 59 && now;
    },
    60_000,
  );
  expect(umbrella.classification.severity).toBe('P0');
  expect(
    Object.values(umbrella.deliveries).filter(({ person, kind }) => person === 'ana' && kind === 'page'),
  ).toHaveLength(1);
  expect(await crisis('svc-0')).toMatchObject({ status: 'acknowledged', links: [{ relation: 'belongs with' }] });
  expect(await until('the first to have gone into it', async () => (await status('svc-1')) === 'forwarding')).toBe(
    true,
  );

  await stand.firebreak.accept([down(1)]);
  await until('a later alert to arrive there', async () => ((await crisis(key)).causes?.['svc-1']?.count ?? 0) > 0);
}, 120_000);

test('a person splits a cause out: it is a crisis of its own, and its alerts go there', async () => {
  const key = 'umbrella:region-eu-1';
  await stand.firebreak.command(key, 'split', { by: 'ben', cause: 'svc-7', reason: 'it is another fault' });

  const own = await until('its own crisis', () => crisis('svc-7'));
  expect(own.links).toEqual([{ to: (await crisis(key)).crisisId, relation: 'split from' }]);
  const before = (await crisis(key)).alertCount;
  await stand.firebreak.accept([alert({ service: 'svc-7', dedupKey: 'd7', labels: { region: 'eu-1' } })]);
  await until('the alert with its own crisis', async () => (await crisis('svc-7')).alertCount === 1);
  expect((await crisis(key)).alertCount).toBe(before);
});

test('a person merges one crisis into another; what comes later goes to the other', async () => {
  given({});
  await stand.firebreak.accept([alert({ service: 'here', dedupKey: 'a' })]);
  await stand.firebreak.accept([alert({ service: 'there', dedupKey: 'b' })]);
  await expect(stand.firebreak.command('here', 'merge', { by: 'ana', into: 'nowhere' })).rejects.toThrow('no running');
  await stand.firebreak.command('here', 'merge', { by: 'ana', into: 'there', reason: 'the same fire' });

  await until('the forwarding', async () => (await status('here')) === 'forwarding');
  await stand.firebreak.accept([alert({ service: 'here', dedupKey: 'a' })]);
  const other = await until('the alert at the other', async () => {
    const now = await crisis('there');
    return now.alertCount === 2 && now;
  });
  expect(other.links.map(({ relation }) => relation)).toEqual(['merged from']);
  expect(other.causes?.['here']).toMatchObject({ status: 'firing', count: 1 });
});

test('a crisis that goes into one that is still on its way finds it once it is there', async () => {
  given({});
  await stand.firebreak.accept([alert({ service: 'early', dedupKey: 'a' })]);
  const { crisisId } = await until('the crisis', () => crisis('early'));
  const merge = { id: 'early-on', by: 'firebreak', via: 'intake', into: 'late', unlessAnswered: true };
  await stand.client.workflow.getHandle('crisis:early').signal(signalOf('merge'), merge);
  await until('the merge', async () => (await crisis('early')).mergedInto === 'late');
  await stand.firebreak.accept([alert({ service: 'late', dedupKey: 'b' })]);

  const late = await until('the link', async () => {
    const now = await crisis('late');
    return now.links.length > 0 && now;
  });
  expect(late.links).toEqual([{ to: crisisId, relation: 'merged from' }]);
  expect(late.causes?.['early']).toMatchObject({ status: 'firing', count: 0 });
  await until('the forwarding', async () => (await status('early')) === 'forwarding');
});

test('a silenced alert calls nobody, and is on record with the name of its silence', async () => {
  given({
    silences: {
      'noisy-disk': { match: { service: 'disk' }, until: '2999-01-01T00:00:00Z', by: 'ana', reason: 'known' },
    },
  });
  const [accepted] = await stand.firebreak.accept([alert({ service: 'disk' })]);

  expect(accepted).toMatchObject({ outcome: 'recorded', classification: { hiddenBy: 'silence noisy-disk' } });
  const kept = await until('the record', async () =>
    (await stand.store.alerts({ limit: 1000 })).find(({ id }) => id === accepted?.alertId),
  );
  expect(kept.classification.hiddenBy).toBe('silence noisy-disk');
  const listed: unknown = await (await fetch(`${stand.apiUrl}/api/v1/alerts?silenced=1`)).json();
  expect(listed).toMatchObject({
    alerts: [{ id: accepted?.alertId }],
    silences: [{ name: 'silence noisy-disk', by: 'ana', reason: 'known', alerts: 1, ended: false }],
  });
  await expect(crisis('disk')).rejects.toThrow('no running crisis');
});

test('two thousand causes at once are all accepted, and each is a crisis or a cause of the umbrella', async () => {
  given({
    policies: { P0: { steps: [{ afterMs: 0, targets: ['primary'] }], repeatAfterMs: never, forgottenAfterMs: never } },
  });
  const storm = Array.from({ length: 2_000 }, (_, index) =>
    alert({ service: `flood-${index}`, dedupKey: `flood-${index}` }),
  );
  const accepted = await send(storm, 16);

  const umbrella = 'umbrella:owner-checkout';
  const alone = [...new Set(accepted)].filter((key) => key !== umbrella);
  await until(
    'every cause in its place',
    async () => {
      const causes = Object.keys((await crisis(umbrella)).causes ?? {});
      const own = await Promise.all(alone.filter((key) => !causes.includes(key)).map((key) => status(key)));
      return causes.length + own.length >= storm.length;
    },
    60_000,
  );
}, 120_000);
