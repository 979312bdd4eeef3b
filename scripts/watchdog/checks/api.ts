import { z } from 'zod';
import { firstLine } from '../../parts/part.js';
import type { Check, Fault } from '../fault.js';

const Part = z.object({ ok: z.boolean(), reason: z.string().optional() });
const Readiness = z.object({ temporal: Part, store: Part });

const why = ({ reason = 'no reason given' }: z.infer<typeof Part>): string => reason;

const faultsOf = ({ temporal, store }: z.infer<typeof Readiness>): Fault[] => [
  ...(temporal.ok
    ? []
    : [
        {
          id: 'api/temporal',
          what: `the API cannot reach Temporal: ${why(temporal)}; senders of alerts are refused`,
          todo: 'look after the Temporal server, and TEMPORAL_ADDRESS of the API',
        },
      ]),
  ...(store.ok
    ? []
    : [
        {
          id: 'api/store',
          what: `the API cannot use the database: ${why(store)}; paging goes on, the record waits`,
          todo: 'look after PostgreSQL, and FIREBREAK_DATABASE_URL of the API',
        },
      ]),
];

/** Whether the API answers `/readyz`, and whether what it stands on is there. */
export const apiCheck = (address: string): Check => ({
  name: 'API',
  async look(signal) {
    try {
      const answer = await fetch(`${address}/readyz`, { signal });
      return faultsOf(Readiness.parse(await answer.json()));
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return [
        {
          id: 'api/silent',
          what: `the API at ${address} does not answer /readyz: ${firstLine(cause)}`,
          todo: 'start it: npx firebreak api, or npx firebreak up; until then alerts and acknowledge links fail',
        },
      ];
    }
  },
});
