import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { seconds } from './pace.js';
import type { Settings } from '../../src/domain/settings.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { followed, sendAlert, summarise, type Following, type Stage } from './following.js';
import { startOrders, type Orders } from './orders.js';
import { acknowledgeByLink } from './people.js';
import type { Story } from './story.js';
import { until } from './watching.js';

const key = 'orders';

/** Nobody watches a demo for two hours. */
const atDemoPace = (settings: Settings): Settings => ({
  ...settings,
  playbooks: { ...settings.playbooks, dataLoss: { ...dataLoss, regressionWatchMs: seconds(4) } },
});

const tell = async (stage: Stage, orders: Orders, following: Following): Promise<string> => {
  const { stack, narrator, folder } = stage;
  const { firebreak } = stack;
  const when = following.when;
  const scene = following.scene;

  narrator.scene('A shop keeps its orders in PostgreSQL. A backup is made twice an hour.');
  narrator.say(`${orders.url} has ${(await orders.count()).orders} orders; an order: ${(await orders.order()).said}`);

  narrator.scene(
    '02:58. A release goes out that loses the prices of old orders. The next backup holds the damage already.',
  );
  narrator.say(`${await orders.release()} orders have no price any more`);
  await orders.backUp('orders-after', 2);
  await orders.damageFile(await orders.backUp('orders-newest', 1));
  narrator.say('and the disk of the newest backup is failing: some of its bytes are others');
  const customer = orders.keepOrdering();

  const alert = { summary: 'orders without a price', service: 'orders', alertname: 'OrdersWithoutPrice' };
  narrator.say(`the check of the data tells Firebreak: HTTP ${await sendAlert(stage, alert)}`);
  const opened = await when('a crisis', () => true);
  await scene(
    `${opened.classification.severity}: ${opened.classification.why}. Ana is called; the recovery begins by itself, as policy allows.`,
  );

  const stopped = await when('writes to be stopped', ({ tasks }) => tasks['stop-writes']?.status === 'done');
  await following.upToNow();
  narrator.say(`an order: ${(await orders.order()).said}`);
  narrator.say(`what is there can be read: ${(await orders.count()).orders} orders`);

  const recovered = await when('the end of the recovery', ({ procedures }) =>
    ['succeeded', 'failed', 'asking'].includes(procedures['recover']?.status ?? ''),
  );
  if (recovered.procedures['recover']?.status !== 'succeeded')
    throw new Error(
      `the recovery did not succeed: ${recovered.procedures['recover']?.question ?? 'no reason is known'}`,
    );
  await scene('The data is back, validated, and orders are taken again.');
  const answer = await until('an order to go through', async () => {
    const tried = await orders.order();
    return tried.ok ? tried : undefined;
  });
  const now = await orders.count();
  narrator.say(`an order: ${answer.said}`);
  narrator.say(
    `${now.orders} orders, ${now.withoutPrice} without a price; meanwhile ${customer.refused} orders were refused`,
  );
  if (now.withoutPrice > 0) throw new Error(`${now.withoutPrice} orders are still without a price`);

  await scene('Ana opens the link in her mail, looks at the data herself, and resolves the crisis.');
  await acknowledgeByLink(stage, stopped.crisisId, 'ana@example.com');
  await when('the acknowledgement', ({ acknowledgedAt }) => acknowledgedAt !== undefined);
  await firebreak.command(key, 'complete', {
    by: 'ana',
    via: 'demo',
    task: 'confirm-access',
    note: 'orders go through',
  });
  await firebreak.command(key, 'resolve', { by: 'ana', via: 'demo' });

  await scene('Resolved. The regression watch runs a little longer.');
  const archived = await until('the archive', () => stack.ground.kept.store.archived(opened.crisisId));
  const file = join(folder, `postmortem-${opened.crisisId}.md`);
  await writeFile(file, archived.postmortem);
  await summarise(stage, opened.crisisId, archived.history);
  return file;
};

/** Corrupted data on a real PostgreSQL, from a faulty release to the post-mortem. */
export const dataLossStory: Story = {
  config: resolve('examples/orders/firebreak.yaml'),
  adjust: atDemoPace,
  starting: 'starting PostgreSQL, the orders service, Temporal, a mailbox, a worker and the API',
  begin: async (folder, dataDir, say) => {
    const orders = await startOrders(folder, dataDir, say);
    await orders.backUp('orders-before', 31);
    return {
      tell: (stage) => followed(stage, key, (following) => tell(stage, orders, following)),
      stop: orders.stop,
    };
  },
};
