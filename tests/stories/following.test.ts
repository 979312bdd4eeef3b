import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describe as said } from '../../src/domain/describe/describe.js';
import type { Event } from '../../src/domain/event.js';
import { alertOf } from '../support/plan.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
const given = (smtp: number, more: Record<string, unknown> = {}) =>
  settingsFor({ smtp, regressionWatchMs: 0, more: { tellings: [], ...more } });

beforeAll(async () => {
  stand = await startStand(({ smtp }) => given(smtp));
}, 120_000);
afterAll(() => stand.stop());

const alert = (service: string) => stand.firebreak.accept([alertOf({ service, receivedAt: Date.now() })]);
const running = async (key: string) => (await stand.firebreak.view(key)).crisis;
const get = async (path: string): Promise<unknown> => (await fetch(`${stand.apiUrl}/api/v1/crises/${path}`)).json();

/** Opens a crisis, ends it, and waits until it is kept. */
const openedAndOver = async (service: string): Promise<string> => {
  await alert(service);
  const { crisisId } = await until('the crisis', () => running(service), 60_000);
  await stand.firebreak.command(service, 'standDown', { by: 'ana', reason: 'it was a misconfigured alert' });
  await until('the archive', () => stand.store.archived(crisisId), 60_000);
  await until('its end', async () => {
    const { status } = await stand.client.workflow.getHandle(`crisis:${service}`).describe();
    return status.name === 'COMPLETED';
  });
  return crisisId;
};

test('an alert for a crisis that ended a moment ago opens a new one, and each of the two names the other', async () => {
  const old = await openedAndOver('shop');
  await alert('shop');
  const next = await until('the next crisis', () => running('shop'), 60_000);
  expect(next.crisisId).not.toBe(old);
  expect(next.links).toEqual([{ to: old, relation: 'follows' }]);
  const [first] = await stand.firebreak.timeline('shop');
  expect(first && said(first.event)).toContain(`It follows ${old}.`);

  const back = { to: next.crisisId, relation: 'followed by' };
  await until('the old one to name it', async () => {
    const { crisis } = (await get(old)) as { crisis: { links: object[] } };
    return JSON.stringify(crisis.links) === JSON.stringify([back]);
  });
  const { events } = (await get(`${old}/timeline`)) as { events: { event: Event }[] };
  expect(events.at(-1)?.event).toMatchObject({ type: 'linked', ...back });
  const postmortem = await fetch(`${stand.apiUrl}/api/v1/crises/${old}/postmortem`);
  expect(await postmortem.text()).toContain(`followed by ${next.crisisId}`);

  await stand.firebreak.command('shop', 'standDown', { by: 'ana', reason: 'once more' });
  const archive = await until('the draft of the next one', () => stand.store.archived(next.crisisId), 60_000);
  expect(archive.postmortem).toContain(`follows ${old}`);
}, 180_000);

test('one that ended longer ago than configured is another matter', async () => {
  stand.configure(given(stand.smtpPort, { followsWithinMs: 0 }));
  await openedAndOver('billing');
  await alert('billing');

  expect((await until('the next crisis', () => running('billing'), 60_000)).links).toEqual([]);
}, 180_000);
