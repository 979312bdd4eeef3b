import type { ApiClient, Readiness } from '../../client/api.js';
import { fail, ok, warn, type Finding } from './finding.js';

/** What the API says of itself; `running` when it is Firebreak that answers. */
export const examineApi = async (
  api: ApiClient,
  isNamed: boolean,
): Promise<{ findings: Finding[]; running: boolean }> => {
  try {
    return { findings: partsOf(api.address, await api.readiness()), running: true };
  } catch (error) {
    const why = error instanceof Error && error.name === 'Fault' ? error.message : `nothing answers at ${api.address}`;
    // Where nobody has said that it is there, it may simply not have been started yet.
    return { findings: [(isNamed ? fail : warn)('API', why, 'start it with: npx firebreak up')], running: false };
  }
};

const partsOf = (address: string, { temporal, store }: Readiness): Finding[] => [
  ok('API', `answers at ${address}`),
  temporal.ok
    ? ok('Temporal', 'the API reaches it')
    : fail(
        'Temporal',
        `the API cannot reach it: ${temporal.reason ?? 'it does not say why'}`,
        'look after the Temporal server; without it nobody is paged',
      ),
  store.ok
    ? ok('database', 'the API reaches it')
    : warn(
        'database',
        `the API cannot use it: ${store.reason ?? 'it does not say why'}`,
        'paging goes on; lists, archive and post-mortems wait for it',
      ),
];
