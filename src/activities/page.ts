import { Context } from '@temporalio/activity';
import type { Channel, Message } from '../channels/channel.js';
import type { AckClaims } from '../domain/ackLink.js';
import type { ChannelName } from '../domain/delivery.js';
import type { PageEffect, PageOutcome } from '../domain/effect.js';
import { renderPage } from '../domain/message/page.js';
import { beating, type Beats } from './beating.js';
import type { createBundling } from './bundling.js';
import { found, leaveToNextWorker, maybeBefore, sendOnce, type SentOnce } from './send.js';
import type { Throttle } from './throttle.js';

export type PageDependencies = {
  channels: Partial<Record<ChannelName, Channel>>;
  /** Makes the token of an acknowledge link. */
  ackLinks: { sign: (claims: AckClaims) => Promise<string> };
  publicUrl: string;
  now: () => number;
  /** Whether anybody still has to be called for this, as the crisis of this workflow says. Absent: it is not asked. */
  stillRings?: (workflowId: string, effect: PageEffect) => Promise<boolean>;
  /** Absent: every page goes out by itself. */
  throttled?: Throttled;
};
/** What keeps one person from too many messages: who says which pages go together, and how they do. */
export type Throttled = { throttle: Throttle; join: ReturnType<typeof createBundling> };

/** An attempt is given ten seconds; what is left of them after waiting for a bundle is for sending. */
const attemptMs = 9_500;

const messageOf = (effect: PageEffect, ackUrl: string, possibleRepeat: boolean, now: number): Message => {
  const { key, to, channel, crisisId, mode } = effect;
  const { sms, ...mail } = renderPage(effect.message, { key, ackUrl, drill: mode === 'drill', possibleRepeat, now });
  const words = channel === 'sms' ? { subject: mail.subject, text: sms } : mail;
  return { key, to, crisisId, urgent: true, ...words };
};

/** The link by which the person of a page acknowledges it. */
export const ackUrlOf = async (
  { ackLinks, publicUrl }: Pick<PageDependencies, 'ackLinks' | 'publicUrl'>,
  { crisisId, person, key }: PageEffect,
): Promise<string> => `${publicUrl.replace(/\/+$/, '')}/a/${await ackLinks.sign({ crisisId, person, key })}`;

/** What became of a page, as its crisis hears it. */
export const outcomeOf = (sent: SentOnce, at: number, calledOff: boolean): PageOutcome => {
  const repeat = sent.possibleRepeat ? { possibleRepeat: true } : {};
  if (sent.status === 'sent') return { status: 'sent', ref: sent.ref, sentAt: at, ...repeat };
  if (sent.status === 'uncertain') return { status: 'uncertain', reason: sent.reason, sentAt: at, ...repeat };
  return { status: calledOff ? 'cancelled' : 'failed', reason: sent.reason };
};

/** What an attempt leaves for the next one: the bundle that the page was in when its worker died. */
const bundleOf = (details: unknown): string | undefined =>
  typeof details === 'object' && details !== null && 'bundle' in details && typeof details.bundle === 'string'
    ? details.bundle
    : undefined;

/** What became of a page in a bundle with others; undefined when it is to go out by itself. */
const bundled = async (
  effect: PageEffect,
  { throttle, join }: Throttled,
  signal: AbortSignal,
  beats: Beats,
): Promise<PageOutcome | undefined> => {
  if ((await throttle.passage(effect)) === 'alone') return undefined;
  const { bundle, settled } = join(effect, throttle.gatherMs(), signal);
  beats.leave({ bundle });
  const outcome = await settled;
  return outcome === 'alone' ? undefined : outcome;
};

/** Pages one person by one channel. A channel's failure is an outcome with its reason; only a stopping worker throws. */
export const createPageActivity =
  (dependencies: PageDependencies) =>
  async (effect: PageEffect): Promise<PageOutcome> => {
    const { channels, now, throttled, stillRings } = dependencies;
    const { key, to } = effect;
    const context = Context.current();
    const { info, cancellationSignal: signal } = context;
    const channel = channels[effect.channel];
    if (!channel) return { status: 'failed', reason: `no channel "${effect.channel}" is configured` };

    const began = performance.now();
    const earlier = info.attempt > 1 ? bundleOf(info.heartbeatDetails) : undefined;
    // A bundle by text message is several messages: that one of them went out says nothing of the others.
    const gone =
      earlier === undefined || effect.channel === 'sms' ? 'unknown' : await found(channel, earlier, to, info);
    if (earlier !== undefined && typeof gone === 'object')
      return { status: 'sent', ref: gone.ref, sentAt: now(), bundle: earlier };
    const beats = beating(context);
    try {
      const outcome = info.attempt === 1 && throttled ? await bundled(effect, throttled, signal, beats) : undefined;
      if (outcome) {
        leaveToNextWorker(signal, outcome);
        return outcome;
      }
      const ackUrl = await ackUrlOf(dependencies, effect);
      const mayRepeat = earlier !== undefined && gone === 'unknown';
      const message = (possibleRepeat: boolean) => messageOf(effect, ackUrl, possibleRepeat || mayRepeat, now());
      const withinMs = attemptMs - (performance.now() - began);
      const isWanted = async () => (await stillRings?.(info.workflowExecution?.workflowId ?? '', effect)) ?? true;
      const sent = await sendOnce({ channel, key, to, message, info, signal, withinMs, isWanted });
      leaveToNextWorker(signal, sent);
      const calledOff = signal.aborted || sent.calledOff === true;
      if (mayRepeat && sent.status === 'failed') return outcomeOf(maybeBefore(sent.reason), now(), calledOff);
      return outcomeOf(mayRepeat ? { ...sent, possibleRepeat: true } : sent, now(), calledOff);
    } finally {
      beats.stop();
    }
  };
