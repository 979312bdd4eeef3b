import { z } from 'zod';

/** The ways to reach a person; more come behind the same interface. */
export const channelNames = ['email', 'sms', 'webhook'] as const;
export const ChannelName = z.enum(channelNames);
export type ChannelName = z.infer<typeof ChannelName>;

/** How far a message has come. `uncertain`: it may or may not have been sent, and the channel cannot tell. */
export const deliveryStatuses = [
  'intended',
  'cancelled',
  'failed',
  'uncertain',
  'sent',
  'delivered',
  'acknowledged',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One message to one person by one channel: a row of the ledger. `key` is the idempotency key. */
export type Delivery = {
  key: string;
  /** A page must be answered; a tell is only a message. */
  kind: 'page' | 'tell';
  /** What the message is for: the engagement of a page, the template of a tell. */
  about: string;
  person: string;
  channel: ChannelName;
  to: string;
  status: DeliveryStatus;
  intendedAt: number;
  sentAt?: number | undefined;
  settledAt?: number | undefined;
  /** The channel's own reference: an SMTP Message-ID, a provider's sid. */
  ref?: string | undefined;
  reason?: string | undefined;
  /** Sent again because nobody could say whether the first one went out. */
  possibleRepeat?: boolean | undefined;
  /** The key of the bundle in which it went out, with pages of other crises to the same address. */
  bundle?: string | undefined;
};

/** A later report never takes a message back: `delivered` stays delivered when a late `sent` arrives. */
export const further = (a: DeliveryStatus, b: DeliveryStatus): DeliveryStatus =>
  deliveryStatuses.indexOf(b) > deliveryStatuses.indexOf(a) ? b : a;
