import type { DrillRun } from '../../src/activities/drill.js';
import type { Settings } from '../../src/domain/settings.js';
import type { Store } from '../../src/store/store.js';

/** With what the process of a drill begins. */
export type DrillOrder = {
  run: DrillRun;
  settings: Settings;
  address: string;
  signingKey: string;
  commandKeys?: string | undefined;
  /** A file with the workflows, made once by the host. */
  bundle: string;
  startedAt?: number;
};

/** What the process of a drill keeps by its host, which holds the database. */
export const keptByHost = ['project', 'archive', 'archived', 'timeline', 'deliveries', 'writePostmortem'] as const;
export type KeptByHost = (typeof keptByHost)[number];
export type HostKeeps = Pick<Store, Exclude<KeptByHost, 'writePostmortem'>> & {
  writePostmortem: (name: string, text: string) => Promise<void>;
};

export type FromProcess = { ask: number; what: KeptByHost; args: unknown[] } | { began: number } | { failed: string };
export type ToProcess = { order: DrillOrder } | { answer: number; value?: unknown; error?: string };
