import { connect } from 'node:net';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { firstLine } from '../../parts/part.js';
import { fail, ok, type Finding } from './finding.js';

const withinMs = 5_000;

/** A Temporal server that the SDK's own configuration names, asked directly. */
export const examineTemporal = async (): Promise<Finding[]> => {
  const { connectionOptions } = loadClientConnectConfig();
  const { address } = connectionOptions;
  if (address === undefined) return [];
  try {
    const connection = await Connection.connect({ ...connectionOptions, connectTimeout: withinMs });
    await connection.close();
    return [ok('Temporal', `answers at ${address}`)];
  } catch (error) {
    return [
      fail(
        'Temporal',
        `${address} does not answer: ${firstLine(error)}`,
        'see TEMPORAL_ADDRESS or the profile in temporal.toml',
      ),
    ];
  }
};

const listens = (host: string, port: number): Promise<string | undefined> =>
  new Promise((settle) => {
    const socket = connect({ host, port, timeout: withinMs });
    const end = (why?: string) => {
      socket.destroy();
      settle(why);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('no answer'));
    socket.once('error', ({ message }) => end(message));
  });

/** The PostgreSQL that the environment names: whether anything listens there. Its password is never shown. */
export const examineDatabase = async (databaseUrl: string | undefined): Promise<Finding[]> => {
  if (databaseUrl === undefined)
    return [ok('database', 'the embedded one, for one process; FIREBREAK_DATABASE_URL is not set')];
  const { hostname, port } = new URL(databaseUrl);
  const place = `${hostname}:${port || 5432}`;
  const why = await listens(hostname.replace(/^\[|\]$/g, ''), Number(port || 5432));
  return [
    why === undefined
      ? ok('database', `something listens at ${place}`)
      : fail(
          'database',
          `PostgreSQL at ${place} cannot be reached: ${why}`,
          'start it, or mend FIREBREAK_DATABASE_URL',
        ),
  ];
};
