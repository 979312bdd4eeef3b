import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut, or go dead without a word, and be mended. */
export const layLine = async (url: string) => {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  let state: 'open' | 'cut' | 'silent' = 'open';

  const line = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (data) => state === 'open' && to.write(data));
      from.on('error', () => undefined);
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');

  const drop = () => {
    for (const end of ends) end.destroy();
  };
  const here = (line.address() as AddressInfo).port;
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(here) }).href,
    cut() {
      state = 'cut';
      drop();
    },
    silence: () => void (state = 'silent'),
    mend: () => void (state = 'open'),
    close() {
      drop();
      line.close();
    },
  };
};
