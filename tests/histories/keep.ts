import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createRequest } from '../../scripts/client/request.js';
import { decodeHistory } from '../../scripts/rehearsal/decoding.js';
import { keyFor } from '../support/apiKeys.js';
import type { Stand } from '../support/stand.js';

const write = async (name: string, history: unknown): Promise<void> => {
  const text = JSON.stringify(history, null, 2)
    // Where in a stack something failed decides nothing, and names the machine; so does what a worker calls itself and its queue.
    .replace(/("stackTrace":\s*)"(?:[^"\\]|\\.)*"/g, '$1""')
    .replace(/"\d+@[^"]*"/g, '"recorded"');
  await writeFile(join(import.meta.dirname, `${name}.json`), `${text}\n`);
  console.log(`${name}: ${Math.round(text.length / 1024)} KiB`);
};

const read = async (client: Client, workflowId: string, runId?: string): Promise<unknown> =>
  JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory()));

/** Keeps the history of a workflow as it is now, under a name that says what happened in it. */
export const keep = async (stand: Stand, name: string, workflowId: string, runId?: string): Promise<void> => {
  // A restricted one is kept decoded, as whoever may see it gets it: so that it can be read and compared like the others.
  const request = createRequest(stand.apiUrl, { text: await keyFor(stand.keys, 'carl'), found: false });
  await write(name, await decodeHistory(await read(stand.client, workflowId, runId), request));
};

/** The same of one that was never encrypted. */
export const keepPlain = async (client: Client, name: string, workflowId: string): Promise<void> =>
  write(name, await read(client, workflowId));
