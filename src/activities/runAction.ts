import { types } from 'node:util';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { ActionResult } from '../domain/action.js';
import type { RunEffect } from '../domain/effect.js';
import { runByKind, type Kinds } from '../runbooks/kinds.js';

type Needs = { kinds: Kinds; now: () => number };

/** What a heartbeat carries to the next attempt: that it was begun, and how far it had come. */
type Beat = { begun: true; lastLine: string };

const beatEveryMs = 1_000;

const lastSaid = (details: unknown): string => {
  const line = typeof details === 'object' && details !== null && 'lastLine' in details ? details.lastLine : '';
  return typeof line === 'string' && line !== '' ? `; it last said: ${line}` : '';
};

const stoppedWords = 'the worker stopped while it ran';

/** Nothing is wrong with the action, so nobody needs to read of it in a log. */
const workerStopped = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: stoppedWords,
    type: 'WorkerStopped',
    category: ApplicationFailureCategory.BENIGN,
  });

/** Whether it may simply run again after an attempt of which nobody knows the end. */
const mayRunAgain = ({ purpose, action }: RunEffect): boolean => purpose === 'verify' || action.idempotent;

const workerStops = ({ cancellationSignal: { aborted, reason } }: Context): boolean =>
  aborted && types.isNativeError(reason) && reason.message === 'WORKER_SHUTDOWN';

/**
 * Runs one action and says what became of it. A first attempt that died with its worker makes the outcome uncertain,
 * unless the action may run again. Called off, it ends what it started and answers; nothing is left running.
 */
export const createRunActionActivity =
  ({ kinds, now }: Needs) =>
  async (effect: RunEffect): Promise<ActionResult> => {
    const context = Context.current();
    const { attempt } = context.info;
    const heartbeatDetails: unknown = context.info.heartbeatDetails;
    if (attempt > 1 && !mayRunAgain(effect)) {
      const summary = `${stoppedWords}, and nobody can say how far it came${lastSaid(heartbeatDetails)}`;
      return { status: 'uncertain', summary, output: '', startedAt: now(), endedAt: now() };
    }

    let beat: Beat = { begun: true, lastLine: '' };
    context.heartbeat(beat);
    const beating = setInterval(() => context.heartbeat(beat), beatEveryMs);
    try {
      const result = await runByKind(kinds, effect.action, effect.parameters, {
        key: effect.key,
        on: { crisisId: effect.crisisId, authority: effect.authority },
        signal: context.cancellationSignal,
        progress: (lastLine) => (beat = { begun: true, lastLine }),
      });
      // Another worker takes it up: the failure is only this worker's.
      if (!workerStops(context) || result.status === 'succeeded') return result;
      if (mayRunAgain(effect)) throw workerStopped();
      return result.status === 'uncertain' ? { ...result, summary: stoppedWords } : result;
    } finally {
      clearInterval(beating);
    }
  };
