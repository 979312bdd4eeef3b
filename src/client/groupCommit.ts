import { countWithin, type Limits } from '../domain/portion.js';

/**
 * Whoever was just answered sends again at once, as a rule: the next message waits until as many are there again, as long as
 * one comes within this part of the last one's time, and at most so long. Else the first to come back goes alone and the
 * others wait for it.
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
      const giveUpAt = performance.now() + mostLingerMs;
      const timer = setTimeout(resolve, Math.min(mostLingerMs, patienceMs));
      lane.arrived = () => {
        if (lane.waiting.length < count && performance.now() < giveUpAt) {
          timer.refresh();
          return;
        }
        clearTimeout(timer);
        resolve();
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
