import type { Audit, ToAudit } from '../domain/auditing.js';

type Needs = { audit: () => Pick<Audit, 'note'> | undefined; say: (line: string) => void };

/** So much waits for a database that is away; what is older is let go, aloud. */
const mostWaiting = 1_000;
const tryAgainAfterMs = 3_000;

/** Notes on the audit without keeping anybody waiting: while the database is away, what was noted waits in memory. */
export const createAuditor = ({ audit, say }: Needs) => {
  const waiting: ToAudit[] = [];
  let writing: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;

  const write = async (): Promise<void> => {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const log = audit();
      if (!log) throw new Error('the database has not been reached yet');
      await log.note(next);
      waiting.shift();
    }
  };
  const start = (): void => {
    clearTimeout(again);
    writing ??= write()
      .catch(() => {
        again = setTimeout(start, tryAgainAfterMs);
        again.unref();
      })
      .finally(() => (writing = undefined));
  };

  return {
    note: (entry: ToAudit): void => {
      waiting.push(entry);
      if (waiting.length > mostWaiting) {
        const lost = waiting.splice(writing ? 1 : 0, 1);
        say(`the audit waits for the database for too long; let go: ${JSON.stringify(lost[0])}`);
      }
      start();
    },
    /** Writes what still waits, as far as the database lets it. */
    close: async (): Promise<void> => {
      clearTimeout(again);
      await writing;
      if (waiting.length > 0) await write().catch(() => undefined);
    },
  };
};
