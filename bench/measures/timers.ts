import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../tests/support/until.js';
import { bareQueue } from '../bare/queue.js';
import { summarise } from '../figures.js';
import { clock } from '../ground/clock.js';
import { outageOf } from '../ground/api.js';
import type { Ground } from '../ground/ground.js';
import type { Measure } from '../measure.js';

type Escalations = { prefix: string; count: number; everyMs: number; afterMs: (i: number) => number };

/** Opens crises at an even pace, and answers how late each one’s second page was, and when it was due. */
const escalate = async ({ api, sink }: Ground, { prefix, count, everyMs, afterMs }: Escalations) => {
  const began = clock();
  const opening: Promise<unknown>[] = [];
  for (let i = 0; i < count; i++) {
    await sleep(Math.max(0, began + i * everyMs - clock()));
    opening.push(api.alert(outageOf(`${prefix}-${i}`)));
  }
  await Promise.all(opening);
  const seconds = () => sink.pages().filter(({ to }) => to === '/ben');
  const limitMs = afterMs(0) + 60_000;
  await until(`${count} second pages, of which ${seconds().length} came`, () => seconds().length >= count, limitMs);

  const cameAt = new Map(seconds().map(({ key, at }) => [key.split('/')[0], at]));
  const late: { due: number; cameAt: number }[] = [];
  for (let i = 0; i < count; i++) {
    const { crisisId, declaredAt } = await api.crisis(`${prefix}-${i}`);
    const at = cameAt.get(crisisId);
    if (at === undefined) throw new Error(`no second page came of ${crisisId}`);
    late.push({ due: declaredAt + afterMs(i), cameAt: at });
  }
  return late;
};

/** The lateness of bare workflows that sleep until these moments and run one activity. */
const bareLateness = async ({ client }: Ground, moments: readonly number[]): Promise<number[]> => {
  const handles = [];
  for (const [i, moment] of moments.entries())
    handles.push({
      moment,
      handle: await client.workflow.start('at', {
        taskQueue: bareQueue,
        workflowId: `bare-at-${moment}-${i}`,
        args: [moment],
      }),
    });
  return Promise.all(handles.map(async ({ moment, handle }) => ((await handle.result()) as number) - moment));
};

/** Many open crises whose escalations are spread over a minute: how late each page is at the sink. */
export const measureTimers: Measure = {
  name: 'timers',
  run: async ({ ground: lay, sizes: { spread } }) => {
    const ground = await lay();
    const everyMs = spread.overMs / spread.crises;
    const late = await escalate(ground, {
      prefix: 'spread',
      count: spread.crises,
      everyMs,
      afterMs: () => spread.afterMs,
    });
    await ground.sweep();
    const start = clock() + spread.crises * 15 + 2_000;
    const bare = await bareLateness(
      ground,
      Array.from({ length: spread.crises }, (_, i) => start + (i * spread.overMs) / 4 / spread.crises),
    );
    const samples = late.map(({ due, cameAt }) => cameAt - due);
    const { p99, max } = summarise(samples);
    return [
      {
        name: 'escalation lateness, spread',
        unit: 'ms',
        samples,
        baseline: summarise(bare).p50,
        goal: { says: 'p99 ≤ 250', holds: (summary) => summary.p99 <= 250 },
        note: `${spread.crises} open crises, one due every ${Math.round(everyMs)} ms, who is on call looked up anew; p99 ${Math.round(p99)}, max ${Math.round(max)} ms; bare p99 ${Math.round(summarise(bare).p99)} ms`,
      },
    ];
  },
};

/** Many escalations due in the same instant: how long until each is out, counted from the first that was due. */
export const measureInstant: Measure = {
  name: 'instant',
  run: async ({ ground: lay, sizes: { instant } }) => {
    const ground = await lay();
    const { crises, everyMs, dueAfterMs } = instant;
    const late = await escalate(ground, {
      prefix: 'instant',
      count: crises,
      everyMs,
      afterMs: (i) => dueAfterMs - i * everyMs,
    });
    await ground.sweep();
    const moment = clock() + crises * 15 + 2_000;
    const bare = summarise(
      await bareLateness(
        ground,
        Array.from({ length: crises }, () => moment),
      ),
    );
    const first = Math.min(...late.map(({ due }) => due));
    const dueWithin = Math.max(...late.map(({ due }) => due)) - first;
    const samples = late.map(({ cameAt }) => cameAt - first);
    const { max } = summarise(samples);
    return [
      {
        name: 'due in one instant → page out',
        unit: 'ms',
        samples,
        baseline: bare.p50,
        goal: { says: 'all ≤ 3,000', holds: (summary) => summary.max <= 3_000 },
        note: `${crises} crises due within ${Math.round(dueWithin)} ms of each other; the last page after ${Math.round(max)} ms, bare ${Math.round(bare.max)} ms`,
      },
    ];
  },
};
