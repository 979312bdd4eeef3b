import type { Channels } from '../../src/channels/channels.js';
import type { Watchdog } from '../../src/domain/settings.js';
import type { Say } from '../stack/say.js';
import type { Telling } from './words.js';

type Letter = Telling & { key: string; channel: Watchdog['tell'][number]['channel']; to: string };

/** What waits at most, so that a long silence of the channel ends in the newest words and not in a flood. */
const most = 50;

/** Hands tellings to people, and what a channel would not take again at the next look. */
export type Post = {
  add: (telling: Telling, to: Watchdog['tell']) => void;
  /** Tries everything that waits; true when nothing is left. */
  deliver: (signal: AbortSignal) => Promise<boolean>;
};

export const createPost = (channels: () => Channels, newId: () => string, say: Say): Post => {
  let waiting: readonly Letter[] = [];

  /** True when it need not be tried again: taken, perhaps taken, or never to be. */
  const sent = async ({ channel: name, to, subject, text, key }: Letter, signal: AbortSignal): Promise<boolean> => {
    const channel = channels()[name];
    if (!channel) {
      say(`cannot tell ${to}: no channel "${name}" is configured`);
      return false;
    }
    const answer = await channel.send({ key, to, subject, text, urgent: true }, signal);
    if (answer.status !== 'sent') say(`telling ${to} by ${name}: ${answer.status}, ${answer.reason}`);
    return answer.status !== 'failed';
  };

  return {
    add(telling, to) {
      const letters = to.map((address) => ({ ...telling, ...address, key: `watchdog/${newId()}` }));
      waiting = [...waiting, ...letters].slice(-most);
    },
    async deliver(signal) {
      const tried = waiting;
      const done = await Promise.all(tried.map((letter) => sent(letter, signal)));
      waiting = waiting.filter((letter) => !done[tried.indexOf(letter)]);
      return waiting.length === 0;
    },
  };
};
