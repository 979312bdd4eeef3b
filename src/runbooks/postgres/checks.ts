import { types } from 'node:util';
import type { Client } from 'pg';
import { counted } from '../../domain/describe/words.js';
import type { DataCheck } from '../../domain/database.js';

export type Checked = {
  title: string;
  ok: boolean;
  /** In words: what was found, and what was expected. */
  said: string;
  /** By how much a count is off. */
  damaged: number;
};

const valueOf = (row: unknown): unknown => Object.values(typeof row === 'object' && row !== null ? row : {})[0];

/** PostgreSQL gives counts as texts, since they may be larger than any number here. */
const same = (found: unknown, expected: DataCheck['expect']): boolean =>
  typeof expected === 'number' ? Number(found) === expected : String(found) === String(expected);

const ask = async (session: Client, { title, sql, expect }: DataCheck): Promise<Checked> => {
  try {
    const { rows } = await session.query(sql);
    const found = valueOf(rows[0]);
    const ok = found !== undefined && found !== null && same(found, expect);
    const difference = typeof expect === 'number' ? Math.abs(Number(found) - expect) : 0;
    const damaged = ok || !Number.isFinite(difference) ? 0 : difference;
    return { title, ok, said: `found ${String(found)}, expected ${String(expect)}`, damaged };
  } catch (error) {
    if (!isStatementFault(error)) throw error;
    return { title, ok: false, said: error.message, damaged: 0 };
  }
};

/** The statement went wrong, as where a table is gone; a lost connection is another matter. */
const isStatementFault = (error: unknown): error is Error =>
  types.isNativeError(error) && 'code' in error && /^(22|23|25006|42|0A|XX)/.test(String(error.code));

/** Asks every check of one database. They can change nothing. */
export const runChecks = async (session: Client, checks: readonly DataCheck[]): Promise<Checked[]> => {
  await session.query('set default_transaction_read_only = on');
  const answers: Checked[] = [];
  for (const check of checks) answers.push(await ask(session, check));
  return answers;
};

export const shown = ({ title, ok, said }: Checked): string => `${ok ? 'sound ' : 'DAMAGE'}  ${title}: ${said}`;

/** The failed ones in words. */
export const faultsOf = (answers: readonly Checked[]): string => {
  const failed = answers.filter(({ ok }) => !ok);
  return `${failed.length} of ${counted(answers.length, 'check')} failed (${failed.map(({ title, said }) => `${title}: ${said}`).join('; ')})`;
};
