import type { ChannelName } from '../domain/delivery.js';

/** What goes to one person. `key` is the idempotency key, the same on every attempt. */
export type Message = {
  key: string;
  to: string;
  subject: string;
  /** Plain text; for SMS already short enough. */
  text: string;
  html?: string;
  urgent: boolean;
  /** The crisis it belongs to, for headers by which a mailbox sorts and threads. */
  crisisId?: string;
};

/**
 * `sent`: the channel took it. `failed`: it was not sent, and `reason` says why in words.
 * `uncertain`: it may have been sent; nobody can say.
 */
export type Sent =
  | { status: 'sent'; ref: string }
  | { status: 'failed'; reason: string; permanent: boolean }
  | { status: 'uncertain'; reason: string };

/** One way to reach a person. It never throws: what happened is its answer. */
export interface Channel {
  readonly name: ChannelName;
  send(message: Message, signal: AbortSignal): Promise<Sent>;
  /**
   * Whether a message with this key went out since then: its reference, `unsent`, or `unknown` where the service cannot be asked.
   * Asked before a second attempt, since a process may die between sending and noting it.
   */
  find(key: string, to: string, since: Date): Promise<{ ref: string } | 'unsent' | 'unknown'>;
  /** A receiver that folds repeats of one key by itself makes a second attempt harmless. */
  readonly foldsRepeats: boolean;
  /** Lets go of pooled connections, where there are some. */
  close?(): void;
}
