import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createReadHistory } from '../../../src/client/history.js';
import { start } from '../../api/support/start.js';
import { alertOf } from '../../support/plan.js';
import { settingsFor } from '../../support/settings.js';
import { startStand, type Stand } from '../../support/stand.js';
import { until } from '../../support/until.js';
import { cli, documentOf } from './support/cli.js';

type Recorded = {
  events: {
    eventId: string;
    activityTaskScheduledEventAttributes?: { activityType: { name: string }; input: { payloads: { data: string }[] } };
  }[];
};

let stand: Stand;
let folder: string;
let exported: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebreak-replay-'));
  stand = await startStand(({ smtp }) => settingsFor({ smtp }));
  await stand.firebreak.accept([alertOf({ receivedAt: Date.now() })]);
  await until('a page to Ana that is sent', async () =>
    Object.values((await stand.firebreak.view('shop')).crisis.deliveries).some(({ status }) => status === 'sent'),
  );
  await stand.firebreak.command('shop', 'acknowledge', { by: 'ana' });
  exported = historyToJSON(await stand.client.workflow.getHandle('crisis:shop').fetchHistory());
}, 180_000);

afterAll(async () => {
  await stand.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const fileWith = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

/** The record, as a program that decided otherwise would have left it. */
const changed = (change: (recorded: Recorded) => void): string => {
  const recorded = JSON.parse(exported) as Recorded;
  change(recorded);
  return JSON.stringify(recorded);
};

const pageIn = ({ events }: Recorded) => {
  const event = events.find(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType.name === 'page',
  );
  const payload = event?.activityTaskScheduledEventAttributes?.input.payloads[0];
  if (!event || !payload) throw new Error('the history has no page');
  return { event, payload };
};

test('an exported history is replayed to the same decisions', async () => {
  const { code, stdout } = await cli(['replay', await fileWith('same.json', exported)]);
  expect(stdout).toMatch(/productionOutage: the same decisions \(\d+ events, \d+ effects\)/);
  expect(code).toBe(0);
});

test('a page that would go to somebody else is named with its event, though the server would not notice', async () => {
  let eventId = '';
  const other = changed((recorded) => {
    const { event, payload } = pageIn(recorded);
    eventId = event.eventId;
    const effect = JSON.parse(Buffer.from(payload.data, 'base64').toString()) as object;
    payload.data = Buffer.from(JSON.stringify({ ...effect, person: 'zoe' })).toString('base64');
  });
  const ran = await cli(['replay', await fileWith('other.json', other), '--json']);
  expect(ran.code).toBe(1);
  expect(documentOf(ran)['results']).toEqual([
    expect.objectContaining({ same: false, eventId, expected: 'page with person = "zoe"', got: '"ana"' }),
  ]);
});

/** The record of a program that sang where today's pages. */
const sung = (): string =>
  changed((recorded) => {
    const { activityTaskScheduledEventAttributes: scheduled } = pageIn(recorded).event;
    if (scheduled) scheduled.activityType.name = 'sing';
  });

test('a step that is not taken any more is named in words', async () => {
  const { code, stdout } = await cli(['replay', await fileWith('sing.json', sung())]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/other decisions from event \d+ on/);
  expect(stdout).toMatch(/recorded: sing is begun\s+today: +page is begun/);
});

test('of several histories each is told of in its turn, and one that differs spoils none after it', async () => {
  const files = [
    await fileWith('first.json', exported),
    await fileWith('second.json', sung()),
    await fileWith('third.json', exported),
  ];
  const ran = await cli(['replay', ...files, '--json']);
  expect(ran.code).toBe(1);
  expect(documentOf(ran)['results']).toEqual([
    expect.objectContaining({ name: 'first.json', same: true }),
    expect.objectContaining({ name: 'second.json', same: false }),
    expect.objectContaining({ name: 'third.json', same: true }),
  ]);
});

test('a running crisis is replayed through the API, and one that nobody knows is not there', async () => {
  const { address } = await start({
    firebreak: stand.firebreak,
    store: stand.store,
    history: createReadHistory(stand.client),
  });
  const { code, stdout } = await cli(['replay', 'shop'], { FIREBREAK_URL: address });
  expect(stdout).toContain('the same decisions');
  expect(code).toBe(0);
  const all = await cli(['replay', '--all'], { FIREBREAK_URL: address });
  expect(all.stdout).toContain('the same decisions');
  expect((await cli(['replay', 'nothing'], { FIREBREAK_URL: address })).code).toBe(1);
}, 120_000);

test('what is no history is refused with what was expected', async () => {
  const { code, stderr } = await cli(['replay', await fileWith('no.json', '{}')]);
  expect(code).toBe(2);
  expect(stderr).toContain('expected "events"');
});
