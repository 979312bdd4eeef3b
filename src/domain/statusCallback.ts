import type { Settings } from './settings.js';

/** Where our API takes Twilio’s reports on messages. */
export const twilioStatusPath = '/webhooks/twilio/status';

/**
 * The address that Twilio is asked to report to, which is also the one its signature is over. Without an address of its
 * own only a public https one will do: Twilio refuses messages whose callback it cannot reach.
 */
export const statusCallbackOf = ({ publicUrl, channels: { sms } }: Pick<Settings, 'publicUrl' | 'channels'>) =>
  sms?.statusCallback ??
  (publicUrl.startsWith('https:') ? `${publicUrl.replace(/\/+$/, '')}${twilioStatusPath}` : undefined);
