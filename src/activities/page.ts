import { Context } from '@temporalio/activity';
import type { Channel, Message } from '../channels/channel.js';
import type { AckClaims } from '../domain/ackLink.js';
import type { ChannelName } from '../domain/delivery.js';
import type { PageEffect, PageOutcome } from '../domain/effect.js';
import { renderPage } from '../domain/message/page.js';
import { leaveToNextWorker, sendOnce, type SentOnce } from './send.js';

export type PageDependencies = {
  channels: Partial<Record<ChannelName, Channel>>;
  /** Makes the token of an acknowledge link. */
  ackLinks: { sign: (claims: AckClaims) => Promise<string> };
  publicUrl: string;
  now: () => number;
};

const messageOf = (effect: PageEffect, ackUrl: string, possibleRepeat: boolean, now: number): Message => {
  const { key, to, channel, crisisId, mode } = effect;
  const { sms, ...mail } = renderPage(effect.message, { key, ackUrl, drill: mode === 'drill', possibleRepeat, now });
  const words = channel === 'sms' ? { subject: mail.subject, text: sms } : mail;
  return { key, to, crisisId, urgent: true, ...words };
};

const outcomeOf = (sent: SentOnce, at: number, calledOff: boolean): PageOutcome => {
  const repeat = sent.possibleRepeat ? { possibleRepeat: true } : {};
  if (sent.status === 'sent') return { status: 'sent', ref: sent.ref, sentAt: at, ...repeat };
  if (sent.status === 'uncertain') return { status: 'uncertain', reason: sent.reason, sentAt: at, ...repeat };
  return { status: calledOff ? 'cancelled' : 'failed', reason: sent.reason };
};

/** Pages one person by one channel. A channel's failure is an outcome with its reason; only a stopping worker throws. */
export const createPageActivity =
  ({ channels, ackLinks, publicUrl, now }: PageDependencies) =>
  async (effect: PageEffect): Promise<PageOutcome> => {
    const { key, to, crisisId, person } = effect;
    const { info, cancellationSignal: signal } = Context.current();
    const channel = channels[effect.channel];
    if (!channel) return { status: 'failed', reason: `no channel "${effect.channel}" is configured` };

    const token = await ackLinks.sign({ crisisId, person, key });
    const ackUrl = `${publicUrl.replace(/\/+$/, '')}/a/${token}`;
    const message = (possibleRepeat: boolean) => messageOf(effect, ackUrl, possibleRepeat, now());
    const sent = await sendOnce({ channel, key, to, message, info, signal });
    leaveToNextWorker(signal, sent);
    return outcomeOf(sent, now(), signal.aborted);
  };
