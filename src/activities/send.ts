import { CancelledFailure } from '@temporalio/common';
import type { Info } from '@temporalio/activity';
import type { Channel, Message, Sent } from '../channels/channel.js';

/** Together below the ten seconds that an attempt is given, so that no old one runs beside a new one. */
const sendMs = 7_500;
const findMs = 2_000;

/** A repeat is marked: nobody could say whether the first attempt had gone out. `calledOff`: it was no longer wanted. */
export type SentOnce = Sent & { possibleRepeat?: true; calledOff?: true };

export type Sending = {
  channel: Channel;
  key: string;
  to: string;
  /** The message; asked for a possible repeat, it says that it may be one. */
  message: (possibleRepeat: boolean) => Message;
  info: Pick<Info, 'attempt' | 'scheduledTimestampMs'>;
  signal: AbortSignal;
  /** Whether it is still to go out; asked before a second attempt, since much may have happened meanwhile. */
  isWanted?: () => Promise<boolean>;
  /** Less than usual, where a part of the attempt has gone by. */
  withinMs?: number;
};

/** What the channel knows of an earlier attempt; `unknown` when it takes too long to say. */
export const found = async (
  channel: Channel,
  key: string,
  to: string,
  info: Sending['info'],
): ReturnType<Channel['find']> => {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), findMs);
  });
  try {
    return await Promise.race([channel.find(key, to, new Date(info.scheduledTimestampMs)), tooSlow]);
  } finally {
    clearTimeout(timer);
  }
};

const settled = async (sending: Sending, sent: Sent): Promise<Sent> => {
  if (sent.status !== 'uncertain') return sent;
  const { channel, key, to, info } = sending;
  const after = await found(channel, key, to, info);
  return typeof after === 'object' ? { status: 'sent', ref: after.ref } : sent;
};

/**
 * Sends a message once, as nearly as its channel allows: a second attempt first asks whether the first one went out, and
 * an uncertain end is asked about too. Where nobody can say, a second attempt sends again: marked, unless the receiver
 * folds repeats by itself.
 */
export const sendOnce = async (sending: Sending): Promise<SentOnce> => {
  const { channel, key, to, message, info, withinMs = sendMs } = sending;
  const signal = AbortSignal.any([sending.signal, AbortSignal.timeout(Math.min(sendMs, withinMs))]);
  const before = info.attempt > 1 ? await found(channel, key, to, info) : 'unsent';
  if (typeof before === 'object') return { status: 'sent', ref: before.ref };
  if (info.attempt > 1 && !(await (sending.isWanted?.() ?? true))) return calledOff(before);
  const repeat = before === 'unknown' && !channel.foldsRepeats;
  const sent = await settled(sending, await channel.send(message(repeat), signal));
  if (before === 'unknown' && sent.status === 'failed') return maybeBefore(sent.reason);
  return repeat ? { ...sent, possibleRepeat: true } : sent;
};

/** That this attempt came to nothing says nothing of the one before it, which died without a word. */
export const maybeBefore = (reason: string): Extract<SentOnce, { status: 'uncertain' }> => ({
  status: 'uncertain',
  reason: `${reason}; the first attempt may have gone out`,
});

const calledOff = (before: 'unsent' | 'unknown'): SentOnce => {
  const reason = 'no longer wanted when it could be tried again';
  if (before === 'unknown') return { ...maybeBefore(reason), calledOff: true };
  return { status: 'failed', reason, permanent: true, calledOff: true };
};

/** Whether the worker itself stops, rather than the crisis calling the message off. */
const isStopping = ({ reason }: { reason: unknown }): boolean =>
  reason instanceof CancelledFailure && reason.message === 'WORKER_SHUTDOWN';

/** A stopping worker is no answer: it is thrown, so that the next worker takes up what has not surely gone out, and looks first. */
export const leaveToNextWorker = (signal: AbortSignal, { status }: { status: string }): void => {
  if (status !== 'sent' && signal.aborted && isStopping(signal)) throw signal.reason as CancelledFailure;
};
