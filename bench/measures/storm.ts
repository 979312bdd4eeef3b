import { until } from '../../tests/support/until.js';
import { summarise, type Figure } from '../figures.js';
import { clock } from '../ground/clock.js';
import type { Ground } from '../ground/ground.js';
import { acceptedOf, rateOf, refusalsOf, send, type Loaded } from '../ground/load.js';
import { forked } from '../ground/process.js';
import type { Bench, Measure } from '../measure.js';

/** What a bare HTTP server takes of the same senders. */
const bareRate = async (connections: number, forMs: number): Promise<number> => {
  const server = await forked('bareServer.ts');
  try {
    const { port } = server.hello as { port: number };
    return rateOf(await send({ url: `http://127.0.0.1:${port}`, connections, cause: 'storm', forMs }));
  } finally {
    await server.stop();
  }
};

/** What was answered with 202 must be in the crisis: every alert counted, or the measure has found a loss. */
const counted = async ({ api }: Ground, accepted: number): Promise<number> => {
  const began = clock();
  await until(
    `${accepted} alerts counted`,
    async () => {
      const { alertCount } = await api.crisis('storm');
      if (alertCount > accepted) throw new Error(`${alertCount} counted of ${accepted} accepted`);
      return alertCount === accepted;
    },
    60_000,
  );
  return clock() - began;
};

const storm = async ({ ground: lay, sizes }: Bench, connections: number, goal: number): Promise<Figure> => {
  const ground = await lay();
  const loads: Loaded[] = [];
  const lags: number[] = [];
  for (let run = 0; run < sizes.storm.runs; run++) {
    const loaded = await send({ url: ground.api.url, connections, cause: 'storm', forMs: sizes.storm.forMs });
    loads.push(loaded);
    lags.push(await counted(ground, acceptedOf(loaded)));
    await ground.sweep();
  }
  const latency = summarise(loads.flatMap(({ latencies }) => latencies));
  const refused = loads.map(refusalsOf).filter(Boolean).join('; ');
  return {
    name: `storm of one cause, ${connections} connections`,
    unit: 'alerts/s',
    samples: loads.map(rateOf),
    baseline: await bareRate(connections, Math.min(3_000, sizes.storm.forMs)),
    goal: { says: `≥ ${goal.toLocaleString('en-GB')}`, holds: ({ p50 }) => p50 >= goal && refused === '' },
    note: `one alert a request, ${sizes.storm.forMs / 1000} s a run; answered in ${latency.p50.toFixed(1)} ms at the median, ${latency.p95.toFixed(1)} at p95; every 202 counted in the crisis ${Math.round(Math.max(...lags))} ms after the last at most${refused && `; refused: ${refused}`}`,
  };
};

/** A storm of one cause, in a closed loop: how many alerts a second are taken, durably. */
export const measureStorm: Measure = {
  name: 'storm',
  run: async (bench) => [await storm(bench, 16, 2_000), await storm(bench, 64, 5_000)],
};
