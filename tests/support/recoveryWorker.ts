import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEffect } from '../../src/domain/effect.js';
import { crashingIn } from './crashing.js';
import { readOrders } from './orders.js';
import type { Death } from './recoveryKills.js';
import { runWorker } from './runWorker.js';

// A worker that ends itself at the operations that are listed, one after the other, over all its lives.
const orders = await readOrders();
const list = join(orders.dataDir, 'deaths.json');

const next = (): Death | undefined => (JSON.parse(readFileSync(list, 'utf8')) as Death[])[0];

const die = (): void => {
  writeFileSync(list, JSON.stringify((JSON.parse(readFileSync(list, 'utf8')) as Death[]).slice(1)));
  process.kill(process.pid, 'SIGKILL');
};

await runWorker(orders, {
  ...crashingIn(orders.dataDir),
  activity: (name) => ({
    execute: async (input, goOn) => {
      const effect = name === 'runAction' ? (input.args[0] as RunEffect) : undefined;
      const death = next();
      if (effect?.action.kind !== 'postgres' || death?.operation !== effect.action.operation) return goOn(input);
      if (death.moment === 'before') die();
      if (death.moment === 'during') setTimeout(die, death.afterMs);
      const result = await goOn(input);
      // An operation that was quicker than its death has at least not been heard of.
      die();
      return result;
    },
  }),
});
