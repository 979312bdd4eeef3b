import { setTimeout as sleep } from 'node:timers/promises';

/** Whoever was just answered sends again at once, as a rule: the next message waits this part of the last one's time, at most so long. */
const lingerPart = 0.25;
const mostLingerMs = 5;

/** How much one message may carry: so many items, and so many bytes of them. */
export type Limits<Item> = { items: number; bytes: number; bytesOf: (item: Item) => number };

/**
 * What arrives while one message is under way forms the next one. Every caller is answered when its own message has been
 * taken, so nothing is answered that could still be lost, and a storm costs few messages.
 */
export const createGroupCommit = <Item>(
  send: (lane: string, items: readonly Item[]) => Promise<void>,
  { items: atMost, bytes: atMostBytes, bytesOf }: Limits<Item>,
) => {
  type Waiting = { item: Item; taken: () => void; lost: (error: unknown) => void };
  const lanes = new Map<string, Waiting[]>();

  /** As many as fit, and one in any case: what is too large alone is for the receiver to refuse. */
  const nextBatch = (waiting: Waiting[]): Waiting[] => {
    let [count, bytes] = [0, 0];
    for (const { item } of waiting) {
      bytes += bytesOf(item);
      if (count === atMost || (count > 0 && bytes > atMostBytes)) break;
      count++;
    }
    return waiting.splice(0, count);
  };

  const drain = async (lane: string, waiting: Waiting[]): Promise<void> => {
    while (waiting.length > 0) {
      const batch = nextBatch(waiting);
      const began = performance.now();
      try {
        await send(
          lane,
          batch.map(({ item }) => item),
        );
        for (const { taken } of batch) taken();
      } catch (error) {
        for (const { lost } of batch) lost(error);
      }
      // Only under pressure: one alert alone never waits.
      if (batch.length > 1) await sleep(Math.min(mostLingerMs, (performance.now() - began) * lingerPart));
    }
    lanes.delete(lane);
  };

  return (lane: string, item: Item): Promise<void> =>
    new Promise((taken, lost) => {
      const running = lanes.get(lane);
      if (running) {
        running.push({ item, taken, lost });
        return;
      }
      const waiting: Waiting[] = [{ item, taken, lost }];
      lanes.set(lane, waiting);
      void drain(lane, waiting);
    });
};
