import { readFile } from 'node:fs/promises';
import { Settings } from '../../src/domain/settings.js';

/** All that a worker or an API in a process of its own is told, in a file. */
export type Orders = {
  address: string;
  databaseUrl: string;
  dataDir: string;
  signingKey: string;
  settings: Settings;
  /** The file of the workflows' bundle. */
  bundle: string;
  /** Where the API listens. */
  port: number;
};

/** What the file of our first argument says. */
export const readOrders = async (): Promise<Orders> => {
  const orders = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as Orders;
  return { ...orders, settings: Settings.parse(orders.settings) };
};
