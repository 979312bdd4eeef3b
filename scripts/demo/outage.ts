import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { followed, summarise, type Following, type Stage } from './following.js';
import { atDemoPace } from './pace.js';
import { acknowledgeByLink } from './people.js';
import { startShop, type Shop } from './shop.js';
import type { Story } from './story.js';
import { until } from './watching.js';

const key = 'shop';

const tellStory = async (stage: Stage, shop: Shop, { upToNow, when, scene }: Following): Promise<string> => {
  const { stack, narrator, folder } = stage;
  const { firebreak } = stack;

  narrator.scene('A shop is open for business.');
  narrator.say(`${shop.url} runs ${await shop.version()}; an order: ${(await shop.order()).said}`);
  shop.watchedBy(`${stack.url}/api/v1/alerts/alertmanager`);

  narrator.scene('02:58. Somebody deploys 1.5.0, and goes to bed.');
  narrator.say((await shop.deploy('1.5.0')).split('\n').join('; '));
  narrator.say(`an order: ${(await shop.order()).said}`);

  const opened = await when('a crisis', () => true);
  await scene(
    `${opened.classification.severity}: ${opened.classification.why}. Ana is on call; her telephone lies in the kitchen.`,
  );

  const answering = await when('the secondary to be paged', ({ deliveries }) =>
    Object.values(deliveries).some(({ person, status }) => person === 'ben' && status === 'sent'),
  );
  await scene('Nobody has answered, so Ben is called. Meanwhile the rollback runs by itself, as the policy allows.');
  await when('the rollback to be verified', ({ status }) => status === 'mitigated');
  await upToNow();
  narrator.say(`${shop.url} runs ${await shop.version()}; an order: ${(await shop.order()).said}`);

  await scene(
    'The impact is over, and the paging goes on: a machine’s success does not silence it. Ben opens the link in his mail.',
  );
  await acknowledgeByLink(stage, answering.crisisId, 'ben@example.com');
  await when('the acknowledgement', ({ acknowledgedAt }) => acknowledgedAt !== undefined);

  await scene('Ben validates the recovery, with real orders.');
  await validate(stage, shop);
  await firebreak.command(key, 'assess', {
    by: 'ben',
    via: 'demo',
    facts: { usersAffected: 1200, revenueLost: 5400 },
    note: 'from the payment provider’s figures',
  });
  await firebreak.command(key, 'resolve', { by: 'ben', via: 'demo' });

  await scene('Resolved. The regression watch runs a little longer.');
  const store = stack.ground.kept.store;
  const archived = await until('the archive', () => store.archived(opened.crisisId));
  const file = join(folder, `postmortem-${opened.crisisId}.md`);
  await writeFile(file, archived.postmortem);
  await summarise(stage, opened.crisisId, archived.history);
  return file;
};

const validate = async ({ stack }: Stage, shop: Shop): Promise<void> => {
  const orders = await Promise.all(Array.from({ length: 20 }, () => shop.order()));
  const good = orders.filter(({ ok }) => ok).length;
  if (good < orders.length) throw new Error(`only ${good} of ${orders.length} orders went through after the rollback`);
  const { crisis, playbook } = await stack.firebreak.view(key);
  const owed = playbook.phases
    .flatMap(({ tasks }) => tasks)
    .filter(
      ({ id, validates, does }) => validates && does !== 'watchRegression' && crisis.tasks[id]?.status !== 'done',
    );
  for (const { id } of owed)
    await stack.firebreak.command(key, 'complete', {
      by: 'ben',
      via: 'demo',
      task: id,
      note: `${good} of ${orders.length} sample orders went through`,
    });
};

/** A production outage on a real service, from a bad deployment to the post-mortem. */
export const outageStory: Story = {
  config: resolve('examples/shop/firebreak.yaml'),
  adjust: atDemoPace,
  starting: 'starting the shop, Temporal, a mailbox, a worker and the API',
  begin: async (folder) => {
    const shop = await startShop(folder);
    Object.assign(process.env, { SHOP_URL: shop.url, SHOP_STATE: shop.state });
    return {
      tell: (stage) => followed(stage, key, (following) => tellStory(stage, shop, following)),
      stop: shop.stop,
    };
  },
};
