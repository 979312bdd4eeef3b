import { findPostgres, type FoundPostgres } from '../../scripts/parts/postgres.js';
import { startThrowAwayPostgres, type ThrowAwayPostgres } from '../../scripts/parts/throwAwayPostgres.js';
import { findTemporal, type FoundTemporal } from '../../scripts/parts/temporal.js';

const search = { env: process.env, dataDir: '.firebreak', say: (line: string) => process.stderr.write(`${line}\n`) };

let temporal: Promise<FoundTemporal> | undefined;
let postgres: Promise<FoundPostgres> | undefined;

/** The real `temporal` binary; found once per jest worker, downloaded at most once per machine. */
export const temporalPath = async (): Promise<string> => (await (temporal ??= findTemporal(search))).path;

/** The folder of a real PostgreSQL's programs. */
export const postgresBin = async (): Promise<string> => (await (postgres ??= findPostgres(search))).binDir;

/** A real PostgreSQL of its own for one test file, gone with its data on `stop`; `archive`: where it archives its WAL. */
export const startPostgres = async (archive?: string): Promise<ThrowAwayPostgres> =>
  startThrowAwayPostgres(await postgresBin(), archive);
