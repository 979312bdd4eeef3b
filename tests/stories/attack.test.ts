import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keyFor } from '../support/apiKeys.js';
import { alertOf } from '../support/plan.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
let attackId: string;
const keys: Record<string, string> = {};
beforeAll(async () => {
  stand = await startStand((ports) =>
    settingsFor({
      ...ports,
      more: {
        security: { people: ['carl'] },
        audiences: { legal: { title: 'Legal', people: ['vera'] } },
        ladder: [{ id: 'cto', title: 'CTO', people: ['eve'], engageOn: ['securityBreach'] }],
      },
    }),
  );
  for (const person of ['carl', 'dana']) keys[person] = await keyFor(stand.keys, person);
  await stand.firebreak.accept([
    alertOf({ summary: 'checkout is down', service: 'shop', facts: { completeOutage: true }, receivedAt: Date.now() }),
  ]);
  await until('the outage', () => stand.firebreak.view('shop'));
});
afterAll(() => stand.stop());

const ask = async (person: string, path: string): Promise<{ status: number; text: string }> => {
  const headers = { authorization: `Bearer ${keys[person] ?? ''}` };
  const answer = await fetch(`${stand.apiUrl}/api/v1/crises${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};
const mailTo = (person: string, subject: RegExp) =>
  stand.mailbox.waitFor(
    (mail) => mail.to.some(({ address }) => address === `${person}@example.com`) && subject.test(mail.subject),
    30_000,
  );

test('an outage that turns out to be an attack opens a restricted crisis, linked both ways', async () => {
  await stand.firebreak.command('shop', 'assess', { by: 'ana', facts: { securityBreach: true } });
  const link = await until('the link', async () =>
    (await stand.firebreak.view('shop')).crisis.links.find(({ relation }) => relation === 'turned out to be an attack'),
  );
  attackId = link.to;
  const { crisis } = await stand.firebreak.view(attackId);

  expect(attackId).toMatch(/^restricted:[a-z]+-[a-z]+-[0-9a-f]{6}-/);
  expect(crisis).toMatchObject({
    type: 'securityIncident',
    restricted: { named: expect.arrayContaining(['carl']) },
    links: [{ to: (await stand.firebreak.view('shop')).crisis.crisisId, relation: 'found in' }],
  });
});

test('the CTO is called and legal told at once, by its code name', async () => {
  const codeName = attackId.replace(/^restricted:|-\d{8}-\w+$/g, '');
  const [page, legal] = [await mailTo('eve', new RegExp(codeName)), await mailTo('vera', new RegExp(codeName))];

  expect(page.text).toContain('Acknowledge: ');
  expect(legal.subject).toMatch(/^Legal and compliance: /);
  for (const { subject, text } of [page, legal])
    expect(`${subject} ${text}`).not.toMatch(/checkout|shop|breach|attack/i);
});

test('whoever it does not name sees the outage without its code name, and no other crisis', async () => {
  const codeName = attackId.replace(/^restricted:|-\d{8}-\w+$/g, '');
  expect((await ask('carl', `/${encodeURIComponent(attackId)}`)).status).toBe(200);
  for (const path of ['/shop', '/shop/timeline', '']) {
    expect((await ask('carl', path)).text).toContain(codeName);
    expect((await ask('dana', path)).text).not.toContain(codeName);
  }
  expect((await ask('dana', '/shop')).text).toContain('a restricted crisis');
});

test('whoever is dismissed finds none behind the link in an earlier mail, and is not obeyed', async () => {
  const codeName = attackId.replace(/^restricted:|-\d{8}-\w+$/g, '');
  const { text } = await mailTo('ana', new RegExp(codeName));
  const [path = ''] = /\/a\/\S+/.exec(text) ?? [];
  const url = `${stand.apiUrl}${path}`;
  expect((await fetch(url)).status).toBe(200);
  await stand.firebreak.command(attackId, 'dismiss', { by: 'carl', person: 'ana', reason: 'she was logged in' });

  const page = await fetch(url);
  expect(page.status).toBe(404);
  expect(await page.text()).not.toContain('checkout');
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  await expect(stand.firebreak.command(attackId, 'acknowledge', { by: 'ana' })).rejects.toThrow('was dismissed');
});
