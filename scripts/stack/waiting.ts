import type { Say } from './say.js';

/** Settles on Ctrl-C or SIGTERM; a second Ctrl-C no longer waits. */
export const untilAskedToStop = (say: Say): Promise<string> =>
  new Promise((resolve) => {
    let asked = false;
    const ask = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(130);
      asked = true;
      say(`${signal}: stopping in order; once more to stop at once`);
      resolve(signal);
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
