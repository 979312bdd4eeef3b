import { countWithin, type Limits } from '../domain/portion.js';

/**
 * Whoever was just answered sends again at once, as a rule: the next message waits for the first to come back, which delays
 * nobody, and from then on until as many are there again, as long as one comes within this part of the last one's time, and at
 * most so long. Else the first would go alone and the others wait for it.
 */
const patiencePart = 0.5;
const mostLingerMs = 25;

/**
 * What arrives while one message is under way forms the next one. Every caller is answered when its own message has been
 * taken, so nothing is answered that could still be lost, and a storm costs few messages.
 */
export const createGroupCommit = <Item>(
  send: (lane: string, items: readonly Item[]) => Promise<void>,
  limits: Limits<Item>,
) => {
  type Waiting = { item: Item; taken: () => void; lost: (error: unknown) => void };
  type Lane = { waiting: Waiting[]; arrived: () => void };
  const lanes = new Map<string, Lane>();

  const ofWaiting = { ...limits, bytesOf: ({ item }: Waiting) => limits.bytesOf(item) };

  const nextBatch = (waiting: Waiting[]): Waiting[] => waiting.splice(0, countWithin(waiting, ofWaiting));

  const untilThereAre = (count: number, lane: Lane, patienceMs: number): Promise<void> =>
    new Promise((resolve) => {
      let firstAt: number | undefined;
      let timer = setTimeout(resolve, mostLingerMs);
      lane.arrived = () => {
        if (lane.waiting.length === 0) return;
        firstAt ??= performance.now();
        clearTimeout(timer);
        if (lane.waiting.length >= count || performance.now() - firstAt >= mostLingerMs) resolve();
        else timer = setTimeout(resolve, patienceMs);
      };
      lane.arrived();
    });

  const drain = async (name: string, lane: Lane): Promise<void> => {
    const { waiting } = lane;
    while (waiting.length > 0) {
      const batch = nextBatch(waiting);
      const began = performance.now();
      try {
        await send(
          name,
          batch.map(({ item }) => item),
        );
        for (const { taken } of batch) taken();
      } catch (error) {
        for (const { lost } of batch) lost(error);
      }
      // Only under pressure: one alert alone never waits.
      const expected = batch.length + waiting.length;
      const tookMs = performance.now() - began;
      if (expected > 1) await untilThereAre(expected, lane, tookMs * patiencePart);
    }
    lanes.delete(name);
  };

  return (name: string, item: Item): Promise<void> =>
    new Promise((taken, lost) => {
      const running = lanes.get(name);
      if (running) {
        running.waiting.push({ item, taken, lost });
        running.arrived();
        return;
      }
      const lane: Lane = { waiting: [{ item, taken, lost }], arrived: () => undefined };
      lanes.set(name, lane);
      void drain(name, lane);
    });
};
