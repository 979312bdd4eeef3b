import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { Admission, PageAsked, PageThrottle } from '../domain/throttle.js';
import { admitUpdate } from '../workflows/throttling.js';
import { createGroupCommit } from './groupCommit.js';
import { throttleWorkflowId } from './identity.js';
import { startOptions } from './starting.js';

type Deps = {
  client: Client;
  rules: () => PageThrottle;
  taskQueue: () => string;
  /** It answers within this, or the page goes alone: a slow worker or server is no reason to keep anybody asleep. */
  askedWithinMs?: number;
};
type Asking = { page: PageAsked; admission?: Admission };

/** What is only counted may take its time. */
const countedWithinMs = 2_000;

/** The pages to a person as all workers count them together: in a workflow of hers, which outlives any of them. */
export const createSharedCount = ({ client, rules, taskQueue, askedWithinMs = 300 }: Deps) => {
  const admitAll = createGroupCommit<Asking>(
    async (person, asking) => {
      const limitMs = asking.every(({ page }) => page.gone) ? countedWithinMs : askedWithinMs;
      const admissions = await client.withDeadline(Date.now() + limitMs, () =>
        client.workflow.executeUpdateWithStart(admitUpdate, {
          args: [{ pages: asking.map(({ page }) => page), rules: rules() }],
          startWorkflowOperation: new WithStartWorkflowOperation('pageThrottle', {
            ...startOptions,
            taskQueue: taskQueue(),
            workflowId: throttleWorkflowId(person),
            workflowIdConflictPolicy: 'USE_EXISTING',
            args: [],
            staticSummary: `what ${person} is paged, over all crises`,
          }),
        }),
      );
      asking.forEach((one, nth) => (one.admission = admissions[nth] ?? 'alone'));
    },
    { items: 100, bytes: 500_000, bytesOf: () => 500 },
  );

  return {
    async ask(person: string, page: PageAsked): Promise<'alone' | 'bundled' | undefined> {
      const asking: Asking = { page };
      try {
        await Promise.race([admitAll(person, asking), sleep(askedWithinMs, undefined, { ref: false })]);
      } catch {
        // It goes alone, which is what happens without a throttle.
        return undefined;
      }
      return asking.admission === 'first' ? 'alone' : asking.admission;
    },
    count(person: string, page: PageAsked): void {
      // What is not counted only lets another page out alone.
      void admitAll(person, { page: { ...page, gone: true } }).catch(() => undefined);
    },
  };
};
