// A closed loop of senders in a process of its own: each sends its next alert when the last one was answered.
import { Client } from 'undici';
import { clock } from './ground/clock.js';
import { outageOf } from './ground/api.js';
import type { Load, Loaded } from './ground/load.js';

const bodyOf = ({ cause }: Load, n: number): string =>
  JSON.stringify(
    cause === undefined
      ? outageOf(`distinct-${n}`, { labels: { alertname: 'Down', region: 'eu-1' } })
      : outageOf(cause, { dedupKey: `${cause}:${n % 20}`, labels: { instance: `host-${n % 20}` } }),
  );

const run = async (load: Load): Promise<Loaded> => {
  const { url, connections, forMs = Infinity, atMost = Infinity } = load;
  const statuses: Record<string, number> = {};
  const latencies: number[] = [];
  const startedAt = clock();
  let sent = 0;
  const sender = async (): Promise<void> => {
    const client = new Client(url, { headersTimeout: 60_000 });
    while (sent < atMost && clock() - startedAt < forMs) {
      const began = clock();
      const { statusCode, body } = await client.request({
        method: 'POST',
        path: '/api/v1/alerts/generic',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(load, sent++),
      });
      await body.dump();
      latencies.push(clock() - began);
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return { statuses, latencies, startedAt, endedAt: clock() };
};

process.on('message', (load) => {
  run(load as Load).then(
    (loaded) => process.send?.(loaded),
    (error: unknown) => process.send?.({ fault: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
