import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Settings } from '../../src/domain/settings.js';

/** All that a worker or an API in a process of its own is told, in a file. */
export type Orders = {
  address: string;
  databaseUrl: string;
  dataDir: string;
  signingKey: string;
  settings: Settings;
  workflowBundle: { codePath: string };
  /** Where the API listens. */
  port: number;
};

/** Waits, with everything loaded, until it is told to begin; whoever would tell it being gone, it ends. */
const told = async (): Promise<void> => {
  process.stdin.once('end', () => process.exit(0));
  await once(process.stdin, 'data');
};

/** What the file of our first argument says, once it is our turn. */
export const readOrders = async (): Promise<Orders> => {
  await told();
  const orders = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as Orders;
  return { ...orders, settings: Settings.parse(orders.settings) };
};
