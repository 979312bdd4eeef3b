import { setTimeout as sleep } from 'node:timers/promises';
import { bareQueue } from '../bare/queue.js';
import { summarise, type Figure } from '../figures.js';
import { clock } from '../ground/clock.js';
import { outageOf } from '../ground/api.js';
import type { Ground } from '../ground/ground.js';
import { warmUps } from '../ground/settings.js';
import type { Measure } from '../measure.js';

const limitMs = 20_000;

/** From the start of a bare workflow until its one activity runs. */
const bareStart = async ({ client }: Ground, i: number): Promise<number> => {
  const startedAt = clock();
  const handle = await client.workflow.start('once', { taskQueue: bareQueue, workflowId: `bare-${startedAt}-${i}` });
  return ((await handle.result()) as number) - startedAt;
};

/** One P0 alert of a new cause, and the first page that comes of it; then the crisis is ended, so that the next finds an idle system. */
const firstPage = async (
  { api, sink, client }: Ground,
  service: string,
): Promise<{ sent: number; accepted: number }> => {
  sink.forget();
  const { sentAt, acceptedAt } = await api.alert(outageOf(service));
  const page = await sink.pageAfter(sentAt, limitMs);
  await client.workflow.getHandle(`crisis:${service}`).terminate('measured');
  return { sent: page.at - sentAt, accepted: page.at - acceptedAt };
};

const quickly = {
  says: '≤ 2 × bare, median ≤ 100, p95 ≤ 250',
  holds: ({ p50, p95 }: { p50: number; p95: number }, ratio = 0) => ratio <= 2 && p50 <= 100 && p95 <= 250,
};

/** How long after an alert somebody’s telephone rings: one alert at a time, a bare workflow before each. */
export const measureFirstPage: Measure = {
  name: 'first-page',
  run: async ({ ground: lay, sizes }) => {
    const ground = await lay();
    const bare: number[] = [];
    const sent: number[] = [];
    const accepted: number[] = [];
    for (let i = 0; i < warmUps + sizes.firstPages; i++) {
      const start = await bareStart(ground, i);
      await sleep(sizes.pauseMs);
      const page = await firstPage(ground, `shop-${i}`);
      await sleep(sizes.pauseMs);
      if (i < warmUps) continue;
      bare.push(start);
      sent.push(page.sent);
      accepted.push(page.accepted);
    }
    const baseline = summarise(bare).p50;
    const note = `one at a time, ${sizes.pauseMs} ms apart; bare is start → first activity, p95 ${Math.round(summarise(bare).p95)} ms`;
    const figures: Figure[] = [
      { name: 'alert accepted → first page', unit: 'ms', samples: accepted, baseline, goal: quickly, note },
      { name: 'alert sent → first page', unit: 'ms', samples: sent, baseline, goal: quickly },
    ];
    return figures;
  },
};
