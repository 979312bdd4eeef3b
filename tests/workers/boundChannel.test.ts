import { expect, test } from '@jest/globals';
import type { Channel, Message } from '../../src/channels/channel.js';
import { boundChannel } from '../../src/workers/boundChannel.js';

const mail = (to: string, subject = '[DRILL] The shop is down'): Message => ({
  key: 'page',
  to,
  subject,
  text: 'Please acknowledge.',
  urgent: true,
});

/** A drill for ana alone, on a channel that notes what leaves it and cannot be asked. */
const drill = (fault?: string) => {
  const left: string[] = [];
  const inner: Channel = {
    name: 'email',
    foldsRepeats: false,
    send: ({ to }) => Promise.resolve({ status: 'sent', ref: `${left.push(to)}` }),
    find: () => Promise.resolve('unknown'),
  };
  const channel = boundChannel(inner, { reaches: (to) => to === 'ana', faultOf: () => fault });
  return {
    left,
    send: (message: Message) => channel.send(message, new AbortController().signal),
    knowsOf: (to: string) => channel.find('page', to, new Date(0)),
  };
};

test('only its audience is reached, and only by what says that it is a drill', async () => {
  const { left, send } = drill();
  expect(await send(mail('ana'))).toMatchObject({ status: 'sent' });
  expect(await send(mail('ben'))).toMatchObject({ reason: 'refused by the drill: ben is not in its audience' });
  expect(await send(mail('ana', 'The shop is down'))).toMatchObject({
    reason: 'refused by the drill: the message does not say [DRILL]',
  });
  expect(left).toEqual(['ana']);
});

test('what the scenario has gone wrong goes wrong', async () => {
  const { left, send } = drill('the mail server is away');
  expect(await send(mail('ana'))).toEqual({ status: 'failed', reason: 'the mail server is away', permanent: false });
  expect(left).toEqual([]);
});

test('no worker that died can have reached anybody else', async () => {
  const { knowsOf } = drill();
  expect(await knowsOf('ben')).toBe('unsent');
  expect(await knowsOf('ana')).toBe('unknown');
});
