import { until } from '../../tests/support/until.js';
import { forked } from './process.js';

/** One message as the sink saw it; `at` in milliseconds since 1970. */
export type Receipt = { at: number; key: string; to: string; page: boolean };

/** The world outside, as the worker's messages find it. */
export const startSink = async () => {
  const child = await forked('sink.ts');
  const { port } = child.hello as { port: number };
  const receipts: Receipt[] = [];
  child.on((message) => receipts.push(message as Receipt));
  return {
    url: `http://127.0.0.1:${port}`,
    receipts,
    pages: () => receipts.filter(({ page }) => page),
    /** The first page after a moment whose key is of none of these crises. */
    pageAfter: (at: number, limitMs: number): Promise<Receipt> =>
      until('a page', () => receipts.find((receipt) => receipt.page && receipt.at >= at), limitMs),
    forget: () => void receipts.splice(0),
    stop: () => child.stop(),
  };
};
