import type { Client } from '@temporalio/client';
import { isMissing } from './faults.js';
import { Unreachable } from './firebreak.js';
import { remember } from './newest.js';

/**
 * At 50 MiB or 51,200 events Temporal ends a workflow by force, and what waits in it is gone; long before, a worker that comes
 * afresh does not read its history within one task (https://docs.temporal.io/workflow-execution/limits). Who keeps up begins
 * a new run at four. Nothing more is left with one that has so much.
 */
const most = { bytes: 8 * 1024 * 1024, events: 6_000 };
/** After so much the server is asked again what the workflow has; another API may be giving to it as well. */
const unseen = { bytes: 1024 * 1024, messages: 500 };
/** One that was full is not asked about sooner than after this. */
const fullForMs = 500;

/** More waits there than is good for it. */
export class NoRoom extends Unreachable {}

/** Sees to it that no workflow is given more than it can hold. */
export const createRoom = (client: Client, nowMs: () => number) => {
  /** Since the server was last asked, and when it was found full. */
  type Given = { bytes: number; messages: number; fullAt?: number };
  const given = new Map<string, Given>();
  const none: Given = { bytes: 0, messages: 0 };

  const isFull = async (workflowId: string): Promise<boolean> => {
    try {
      const { status, historyLength, historySize = 0 } = await client.workflow.getHandle(workflowId).describe();
      return status.name === 'RUNNING' && (historySize >= most.bytes || historyLength >= most.events);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  };
  const wasFull = (workflowId: string): boolean => (given.get(workflowId)?.fullAt ?? 0) > nowMs() - fullForMs;
  const mustLook = ({ bytes, messages, fullAt }: Given): boolean =>
    fullAt !== undefined || bytes >= unseen.bytes || messages >= unseen.messages;

  const has = async (workflowId: string, first: 'trust' | 'look'): Promise<boolean> => {
    const known = given.get(workflowId);
    if (known ? !mustLook(known) : first === 'trust') return true;
    if (wasFull(workflowId)) return false;
    const fullAt = (await isFull(workflowId)) ? { fullAt: nowMs() } : {};
    remember(given, workflowId, { ...none, ...fullAt });
    return !wasFull(workflowId);
  };
  const noRoom = (): NoRoom => new NoRoom('more alerts wait than can be kept until they are placed; send it again');

  return {
    /** As of a moment ago. */
    wasFull,
    /**
     * Before a message: throws NoRoom when the workflow has enough. One that this process has given nothing yet is taken to have
     * room, unless told to `look`.
     */
    mustHave: async (workflowId: string, first: 'trust' | 'look' = 'trust'): Promise<void> => {
      if (!(await has(workflowId, first))) throw noRoom();
    },
    /** The first of them that has room; throws NoRoom when none has. */
    firstOf: async (workflowIds: readonly string[]): Promise<string> => {
      for (const workflowId of workflowIds) if (await has(workflowId, 'look')) return workflowId;
      throw noRoom();
    },
    /** After a message. */
    took: (workflowId: string, bytes: number): void => {
      const before = given.get(workflowId) ?? none;
      remember(given, workflowId, { bytes: before.bytes + bytes, messages: before.messages + 1 });
    },
  };
};
export type Room = ReturnType<typeof createRoom>;
