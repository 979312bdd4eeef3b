import type { ChannelName } from '../domain/delivery.js';
import type { Settings } from '../domain/settings.js';
import { statusCallbackOf } from '../domain/statusCallback.js';
import type { Channel } from './channel.js';
import { createEmailChannel } from './email.js';
import { createSmsChannel, type SmsSettings } from './sms.js';
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

const reportingTo = (sms: SmsSettings, statusCallback: string | undefined): SmsSettings =>
  statusCallback === undefined ? sms : { ...sms, statusCallback };

/**
 * The channels that the configuration names; what it does not name cannot be paged by. With the public address, providers
 * that report on messages are asked to report there.
 */
export const createChannels = (channels: Settings['channels'], publicUrl = ''): Channels => {
  const { email, sms, webhook } = channels;
  const callback = statusCallbackOf({ publicUrl, channels });
  return {
    ...(email && made('email', () => createEmailChannel(email))),
    ...(sms && made('sms', () => createSmsChannel(reportingTo(sms, callback)))),
    ...(webhook && made('webhook', () => createWebhookChannel(webhook))),
  };
};

/** Lets go of every pooled connection. */
export const closeChannels = (channels: Channels): void => {
  for (const channel of Object.values(channels)) channel.close?.();
};
