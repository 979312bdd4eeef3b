import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { LoadedDataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { registerAttributes } from '../../src/client/attributes.js';
import { connectionOptions } from '../../src/client/connecting.js';
import { Stop } from './say.js';

export type Temporal = {
  client: Client;
  connection: Connection;
  native: NativeConnection;
  namespace: string;
  address: string;
  close: () => Promise<void>;
};

/** The server that TEMPORAL_* or a profile of temporal.toml names; undefined when neither does. */
export const configuredAddress = (): string | undefined => loadClientConnectConfig().connectionOptions.address;

/** Connects, to `address` or as the SDK's own configuration says, and makes our search attributes known there. */
export const connectTemporal = async (
  address: string | undefined,
  converter?: LoadedDataConverter,
): Promise<Temporal> => {
  const configured = loadClientConnectConfig();
  const options = address === undefined ? configured.connectionOptions : { address };
  const namespace = configured.namespace ?? 'default';
  const at = options.address ?? '127.0.0.1:7233';
  try {
    const connection = await Connection.connect({ ...connectionOptions, ...options, connectTimeout: '5s' });
    const native = await NativeConnection.connect(options);
    await registerAttributes(connection, namespace);
    return {
      client: new Client({ connection, namespace, ...(converter && { dataConverter: converter }) }),
      connection,
      native,
      namespace,
      address: at,
      close: async () => {
        await native.close();
        await connection.close();
      },
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Stop(
      `the Temporal server at ${at} cannot be used: ${why}\nTEMPORAL_ADDRESS or a profile of temporal.toml says where it is.`,
    );
  }
};
