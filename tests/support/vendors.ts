import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { startMailbox } from './smtp.js';
import { account, startTwilio } from './twilioServer.js';

export type Vendors = Awaited<ReturnType<typeof startVendors>>;

/** A mail server, Twilio's API, and the channels that go there. */
export const startVendors = async (timeoutMs: number, more: Parameters<typeof createChannels>[0] = {}) => {
  const [mailbox, twilio] = await Promise.all([startMailbox(), startTwilio()]);
  const channels = createChannels({
    email: { host: '127.0.0.1', port: mailbox.port, secure: false, from: 'crisis@firebreak.example', timeoutMs },
    sms: { ...account, from: '+15005550006', baseUrl: twilio.baseUrl, timeoutMs },
    ...more,
  });
  return {
    mailbox,
    twilio,
    channels,
    close: async (): Promise<void> => {
      closeChannels(channels);
      await Promise.all([mailbox.close(), twilio.close()]);
    },
  };
};
