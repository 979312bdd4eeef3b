import type { Message } from '../channels/channel.js';
import type { PageEffect, PageOutcome } from '../domain/effect.js';
import { renderBundle, smsPortions, type Bundled } from '../domain/message/bundle.js';
import { ackUrlOf, outcomeOf, type PageDependencies } from './page.js';
import { sendOnce } from './send.js';

type Entry = Bundled & { page: PageEffect };

/** The key of a bundle's nth message; where a text message has no room for all, there are several. */
const keyOf = (bundle: string, nth: number): string => (nth === 0 ? bundle : `${bundle}/${nth + 1}`);

/** Sends pages of several crises to one address as one message; by text message, as few as it takes. */
export const createSendBundle =
  (dependencies: () => Omit<PageDependencies, 'throttled'>) =>
  async (bundle: string, pages: readonly PageEffect[]): Promise<ReadonlyMap<string, PageOutcome>> => {
    const { channels, now, ...links } = dependencies();
    const [first] = pages;
    if (!first) return new Map();
    const { to, channel: name } = first;
    const channel = channels[name];
    if (!channel) throw new Error(`no channel "${name}" is configured`);
    const entries = await Promise.all(
      pages.map(async (page): Promise<Entry> => ({ page, message: page.message, ackUrl: await ackUrlOf(links, page) })),
    );
    const portions = name === 'sms' ? smsPortions(entries) : [entries];
    const sendPortion = async (portion: readonly Entry[], nth: number) => {
      const key = keyOf(bundle, nth);
      const sent = await sendOnce({
        channel,
        key,
        to,
        message: () => messageOf(key, to, name, portion, now()),
        info: { attempt: 1, scheduledTimestampMs: now() },
        signal: new AbortController().signal,
        withinMs: 6_000,
      });
      const outcome: PageOutcome = { ...outcomeOf(sent, now(), false), bundle: key };
      return portion.map(({ page }) => [page.key, outcome] as const);
    };
    return new Map((await Promise.all(portions.map(sendPortion))).flat());
  };

const messageOf = (
  key: string,
  to: string,
  channel: PageEffect['channel'],
  entries: readonly Entry[],
  now: number,
): Message => {
  const { sms, ...mail } = renderBundle(entries, { key, now });
  const words = channel === 'sms' ? { subject: mail.subject, text: sms } : mail;
  return { key, to, urgent: true, ...words };
};
