import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { keyFor } from '../support/apiKeys.js';
import { alertOf } from '../support/plan.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
let workflowId: string;
beforeAll(async () => {
  stand = await startStand((ports) => settingsFor({ ...ports, more: { security: { people: ['carl'] } } }));
  const summary = 'somebody reads our customer table';
  const [accepted] = await stand.firebreak.accept([
    alertOf({ summary, facts: { securityBreach: true }, receivedAt: Date.now() }),
  ]);
  workflowId = accepted?.workflowId ?? '';
});
afterAll(() => stand.stop());

const ask = async (path: string, person?: string): Promise<{ status: number; text: string }> => {
  const headers = person === undefined ? {} : { authorization: `Bearer ${await keyFor(stand.keys, person)}` };
  const answer = await fetch(`${stand.apiUrl}/api/v1/crises${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};

test('an attack runs under an opaque id, with a page that says its code name only', async () => {
  const mail = await stand.mailbox.waitFor(({ to }) => to.some(({ address }) => address === 'ana@example.com'), 30_000);

  expect(workflowId).toMatch(/^restricted:[a-z]+-[a-z]+-[0-9a-f]{6}$/);
  expect(`${mail.subject} ${mail.text}`).toContain(workflowId.replace('restricted:', ''));
  expect(`${mail.subject} ${mail.text}`).not.toMatch(/customer table|Shop|breach/i);
});

test('its history says nothing without the key, nor do its search attributes name a service', async () => {
  const handle = stand.client.workflow.getHandle(workflowId);
  const { typedSearchAttributes, type } = await handle.describe();
  const { events } = JSON.parse(historyToJSON(await handle.fetchHistory())) as { events: unknown[] };
  const texts = JSON.stringify(events).match(/"data":"[^"]+"/g) ?? [];
  const read = texts.map((text) => Buffer.from(text.slice(8, -1), 'base64').toString('latin1')).join(' ');

  expect(type).toBe('securityIncident');
  expect(typedSearchAttributes.getAll().map(({ key }) => key.name)).not.toContain('CrisisService');
  expect(texts.length).toBeGreaterThan(3);
  expect(`${JSON.stringify(events)} ${read}`).not.toMatch(/customer table|Data breach/);
});

test('the API shows it to those it names, and to nobody else that there is one', async () => {
  const path = `/${encodeURIComponent(workflowId)}`;

  await until('carl to see it', async () => (await ask(path, 'carl')).status === 200);
  for (const more of ['', '/timeline', '/deliveries', '/history', '/postmortem'])
    expect(await ask(`${path}${more}`, 'dana')).toMatchObject({ status: 404 });
  expect(await ask(path)).toMatchObject({ status: 404 });
  await until('carl’s list', async () => (await ask('', 'carl')).text.includes('customer table'));
  expect((await ask('', 'dana')).text).not.toContain('restricted:');
});
