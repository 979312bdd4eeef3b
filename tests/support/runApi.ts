import { Client, Connection, type ClientInterceptors } from '@temporalio/client';
import { ulid } from 'ulid';
import { createApi } from '../../src/api/api.js';
import { sha256 } from '../../src/api/keys.js';
import { verifyWebhook } from '../../src/channels/verifyWebhook.js';
import { connectionOptions } from '../../src/client/connecting.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { commandKeysOf } from '../../src/client/derivedKeys.js';
import { readAckLink } from '../../src/domain/ackLink.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import { keepKeys } from '../../src/store/keptKeys.js';
import { openStore } from '../../src/store/openStore.js';
import { taskQueue } from '../../src/workers/worker.js';
import type { Orders } from './orders.js';

/** The product's own API until it is ended; says `listening` once it answers. */
export const runApi = async (orders: Orders, interceptors?: ClientInterceptors): Promise<void> => {
  const { address, databaseUrl, dataDir, signingKey, settings, port } = orders;
  const client = new Client({
    connection: await Connection.connect({ address, ...connectionOptions }),
    ...(interceptors && { interceptors }),
  });
  const store = await openStore({ databaseUrl, dataDir });
  const keys = keepKeys({ keys: () => store.apiKeys, now: Date.now });
  const api = await createApi({
    firebreak: createFirebreak({
      client,
      settings: () => settings,
      taskQueue,
      now: () => new Date(),
      newId: ulid,
      opaqueKey: createOpaqueKeys(signingKey),
      signing: commandKeysOf(signingKey),
    }),
    store,
    authenticate: createAuthenticate({ keys, hash: sha256, now: Date.now }),
    settings: () => settings,
    links: { read: (token) => readAckLink(token, signingKey, Date.now()) },
    verifySignature: verifyWebhook,
    now: Date.now,
    newId: ulid,
  });
  await api.listen({ host: '127.0.0.1', port });
  process.stdout.write('listening\n');
};
