import type { Recovery } from '../../domain/database.js';
import { counted } from '../../domain/describe/words.js';
import { spoken } from '../../domain/duration.js';
import { timeLiteral } from './closing.js';
import type { Job } from './operation.js';

/** Asked of the damaged data, which may not be able to answer. */
const countLost = async ({ database, sessions, say }: Job, at: number): Promise<number | undefined> => {
  if (!database.lost) return undefined;
  const { sql, title } = database.lost;
  try {
    const session = await sessions.inside(database.name, false);
    await session.query('set default_transaction_read_only = on');
    const { rows } = await session.query<Record<string, unknown>>(sql.replaceAll('$1', timeLiteral(at)));
    const count = Number(Object.values(rows[0] ?? {})[0]);
    return Number.isFinite(count) ? count : undefined;
  } catch (error) {
    say(`how many ${title} are lost cannot be counted: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

export type Point = { name: string; at: number };

/** What going back to a point costs, and what the next older one would. */
export const costOf = async (job: Job, since: number, { name, at }: Point, next?: Point): Promise<Recovery> => {
  const lostRows = await countLost(job, at);
  return {
    backup: name,
    lostMs: Math.max(0, since - at),
    ...(lostRows !== undefined && { lostRows }),
    ...(next && { olderLostMs: Math.max(0, since - next.at) }),
  };
};

/** The same in words. */
export const costSaid = ({ backup, lostMs, lostRows }: Recovery, { database: { lost } }: Job): string => {
  const title = lost?.title ?? 'rows';
  return `${backup}: ${spoken(lostMs)} of what was written is lost${lostRows === undefined ? '' : `, ${counted(lostRows, title, title)}`}`;
};
