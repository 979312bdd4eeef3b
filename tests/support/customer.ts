import { setTimeout as sleep } from 'node:timers/promises';
import { inSession } from '../../examples/orders/book.js';

const everyMs = 50;

/** A customer who orders all the time, in a new session each time, and notes what came of it. */
export const keepOrdering = (url: string) => {
  const tries: { at: number; came: string }[] = [];
  let goesOn = true;
  const order = async (): Promise<void> => {
    while (goesOn) {
      const came = await inSession(url, (client) =>
        client.query('insert into orders (customer, cents, placed_at) values (1, 100, now())'),
      ).then(
        () => 'written',
        (error: unknown) => String(error),
      );
      tries.push({ at: Date.now(), came });
      await sleep(everyMs);
    }
  };
  const running = order();
  return {
    tries,
    stop: async (): Promise<void> => {
      goesOn = false;
      await running;
    },
  };
};
