import { Context, type Info } from '@temporalio/activity';
import type { Channel, Message } from '../channels/channel.js';
import type { ApprovalClaims } from '../domain/approvalLink.js';
import type { ChannelName } from '../domain/delivery.js';
import type { TellEffect, TellOutcome } from '../domain/effect.js';
import { renderApprovalRequest } from '../domain/message/approvalRequest.js';
import { renderTell, type TellTexts } from '../domain/message/tell.js';
import { smsText } from '../domain/message/sms.js';
import type { Contact, Person } from '../domain/person.js';
import type { Activities } from './activities.js';
import { beating } from './beating.js';
import { leaveToNextWorker, sendOnce } from './send.js';

type Told = TellOutcome['deliveries'][number];
type Recipient = { key: string; person: string; contact: Contact };

export type TellDependencies = {
  channels: Partial<Record<ChannelName, Channel>>;
  /** The people as configured now. */
  people: () => Readonly<Record<string, Person>>;
  /** The link by which a person answers a request. Absent: they are told that it is asked, and no more. */
  approvalUrl?: (claims: ApprovalClaims, lapsesAt: number) => Promise<string>;
  now: () => number;
};

/** So many at once: a large audience neither floods a relay nor waits in one long row. */
const atOnce = 8;

/** Where somebody reads what can wait: by a channel that exists, if there is one; not by what wakes them, if there is a choice. */
const contactOf = ({ contacts }: Person, channels: TellDependencies['channels']): Contact | undefined => {
  const quietFirst = contacts.toSorted((a, b) => Number(a.urgent) - Number(b.urgent));
  return quietFirst.find(({ channel }) => channels[channel]) ?? quietFirst[0];
};

/** Everyone of the audience, each address once, whether listed as a person or as a contact. */
const recipientsOf = ({ key, audience, audienceId }: TellEffect, { people, channels }: TellDependencies) => {
  const known = people();
  const recipients = new Map<string, Recipient>();
  const unknown: string[] = [];
  const add = (person: string, contact: Contact) => {
    const own = `${key}/${contact.channel}:${contact.to}`;
    if (!recipients.has(own)) recipients.set(own, { key: own, person, contact });
  };
  for (const id of audience.people) {
    const contact = known[id] && contactOf(known[id], channels);
    if (contact) add(id, contact);
    else unknown.push(id);
  }
  for (const contact of audience.contacts) add(audienceId, contact);
  return { recipients: [...recipients.values()], unknown };
};

/** `url` is what the reader is asked to open, if anything. */
type Texts = TellTexts & { url: string };

const messageOf = ({ key, contact }: Recipient, { crisisId }: TellEffect, { url, ...texts }: Texts): Message => {
  const words = contact.channel === 'sms' ? { subject: texts.subject, text: smsText(key, texts.subject, url) } : texts;
  return { key, to: contact.to, crisisId, urgent: false, ...words };
};

const drained = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

/** One attempt to tell, and what is known of its deliveries so far, by this attempt or an earlier one. */
type Attempt = {
  info: Info;
  signal: AbortSignal;
  told: ReadonlyMap<string, Told>;
  settle: (told: Told) => void;
};

const createTellAudience = (dependencies: TellDependencies) => {
  const { channels, approvalUrl, now } = dependencies;

  return async (effect: TellEffect, { info, signal, told, settle }: Attempt): Promise<TellOutcome> => {
    const fields = { ...effect.fields, drill: effect.mode === 'drill' };
    const { asks, crisisId, template } = effect;
    const alike = asks || template === 'approval-request' ? undefined : renderTell(template, fields);
    const textsFor = async (person: string): Promise<Texts> => {
      if (alike) return { ...alike, url: '' };
      if (!asks) throw new Error('a request for an approval says nothing of what is asked');
      const url = (await approvalUrl?.({ crisisId, person, request: asks.request }, asks.lapsesAt)) ?? '';
      return { ...renderApprovalRequest(asks, fields, url), url };
    };

    const tellOne = async (recipient: Recipient): Promise<void> => {
      const { key, person, contact } = recipient;
      const { channel: name, to } = contact;
      const row = { key, person, channel: name, to };
      const channel = channels[name];
      if (!channel) {
        settle({ ...row, status: 'failed', at: now(), reason: `no channel "${name}" is configured` });
        return;
      }
      const texts = await textsFor(person);
      const message = () => messageOf(recipient, effect, texts);
      const sent = await sendOnce({ channel, key, to, message, info, signal });
      leaveToNextWorker(signal, sent);
      const detail = sent.status === 'sent' ? { ref: sent.ref } : { reason: sent.reason };
      settle({ ...row, status: sent.status, at: now(), ...detail });
    };

    const { recipients, unknown } = recipientsOf(effect, dependencies);
    await drained(
      recipients.filter(({ key }) => !told.has(key)),
      tellOne,
    );
    const missing = unknown.map((person): Told => {
      const reason = `no contact of "${person}" is configured`;
      return { key: `${effect.key}/${person}`, person, channel: 'email', to: '', status: 'failed', at: now(), reason };
    });
    return { deliveries: [...recipients.flatMap(({ key }) => told.get(key) ?? []), ...missing] };
  };
};

/**
 * Tells audiences side by side, one delivery a recipient. Each delivery that is settled goes into the heartbeat, so that a
 * second attempt leaves those out who have it. A failure is a delivery with its reason; only a stopping worker throws.
 */
export const createTellActivities = (dependencies: TellDependencies): Pick<Activities, 'tell' | 'tellAll'> => {
  const tellAudience = createTellAudience(dependencies);

  const tellAll = async (effects: readonly TellEffect[]): Promise<TellOutcome[]> => {
    const context = Context.current();
    const { info, cancellationSignal: signal } = context;
    const earlier = (info.heartbeatDetails as Told[] | undefined) ?? [];
    const told = new Map(earlier.filter(({ status }) => status === 'sent').map((one) => [one.key, one]));
    // One message may take longer than a worker may be silent.
    const beats = beating(context);
    const settle = (one: Told): void => {
      told.set(one.key, one);
      beats.leave([...told.values()]);
    };
    try {
      return await Promise.all(effects.map((effect) => tellAudience(effect, { info, signal, told, settle })));
    } finally {
      beats.stop();
    }
  };

  return {
    tellAll,
    tell: async (effect) => (await tellAll([effect]))[0] ?? { deliveries: [] },
  };
};
