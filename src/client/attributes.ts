import type { Connection } from '@temporalio/client';
import { attributeNames } from '../workflows/messages.js';

// temporal.api.enums.v1.IndexedValueType: KEYWORD.
const keyword = 2;

/** Makes sure that the server knows our search attributes: a workflow that sets an unknown one is stuck until it does. */
export const registerAttributes = async (connection: Connection, namespace: string): Promise<void> => {
  const known = async () =>
    Object.keys((await connection.operatorService.listSearchAttributes({ namespace })).customAttributes);
  const before = await known();
  const missing = attributeNames.filter((name) => !before.includes(name));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
};
