import { colours, remark } from '../output/terminal.js';

/** Does something until it ends, or until Ctrl-C or SIGTERM, which is how one says that it is enough. */
export const untilInterrupted = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const ending = new AbortController();
  const end = () => ending.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    await work(ending.signal);
  } finally {
    end();
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
};

/** Whoever follows a crisis does not want to stop because the API is started anew. */
export const onTrouble = (error: unknown): void => {
  const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
  remark(`${colours.yellow('!')} ${why ?? ''} Trying again; Ctrl-C ends this.`);
};
