import type { ChannelName } from '../domain/delivery.js';
import type { Settings } from '../domain/settings.js';
import type { Channel } from './channel.js';
import { createEmailChannel } from './email.js';
import { createSmsChannel } from './sms.js';
import { createWebhookChannel } from './webhook.js';

export type Channels = Partial<Record<ChannelName, Channel>>;

/** A setting that its channel cannot start with; the message names it. */
export class ChannelMisconfigured extends Error {
  override readonly name = 'ChannelMisconfigured';
}

const made = (name: ChannelName, make: () => Channel): Channels => {
  try {
    return { [name]: make() };
  } catch (error) {
    throw new ChannelMisconfigured(`channels.${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** The channels that the configuration names; what it does not name cannot be paged by. */
export const createChannels = ({ email, sms, webhook }: Settings['channels']): Channels => ({
  ...(email && made('email', () => createEmailChannel(email))),
  ...(sms && made('sms', () => createSmsChannel(sms))),
  ...(webhook && made('webhook', () => createWebhookChannel(webhook))),
});

/** Lets go of every pooled connection. */
export const closeChannels = (channels: Channels): void => {
  for (const channel of Object.values(channels)) channel.close?.();
};
