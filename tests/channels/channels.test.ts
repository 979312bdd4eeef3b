import { expect, test } from '@jest/globals';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { webhookSecret } from '../support/receiver.js';

test('only channels that the configuration names exist', () => {
  const channels = createChannels({ webhook: { secret: webhookSecret, allowHosts: [], timeoutMs: 1_000 } });

  expect(Object.keys(channels)).toEqual(['webhook']);
  closeChannels(channels);
});

test.each([
  [{ webhook: { secret: 'whsec_', allowHosts: [], timeoutMs: 1_000 } }, 'channels.webhook: '],
  [{ sms: { accountSid: 'XY1', authToken: 'x', from: '+15005550006', timeoutMs: 1_000 } }, 'channels.sms: '],
])('a setting that cannot work is named', (settings, says) => {
  expect(() => createChannels(settings)).toThrow(says);
});
