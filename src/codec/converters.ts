import { fileURLToPath } from 'node:url';
import { defaultPayloadConverter, type DataConverter, type LoadedDataConverter } from '@temporalio/common';
import { createEncryption } from './encryption.js';
import { failureConverter } from './failures.js';
import type { Keyring } from './keyring.js';
import { isRestricted } from './restricted.js';

/** What clients and workers convert by, so that what belongs to restricted workflows is encrypted on its way to Temporal. */
export const createConverters = (keyring: Keyring): { client: LoadedDataConverter; worker: DataConverter } => {
  const payloadCodecs = [createEncryption({ keyring, restricted: isRestricted })];
  return {
    client: { payloadConverter: defaultPayloadConverter, failureConverter, payloadCodecs },
    // Workers load it themselves, by its path.
    worker: { payloadCodecs, failureConverterPath: fileURLToPath(new URL('./failures.ts', import.meta.url)) },
  };
};
