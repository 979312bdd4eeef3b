import type { Channels } from '../../src/channels/channels.js';
import type { Watchdog } from '../../src/domain/settings.js';
import { firstLine } from '../parts/part.js';
import type { Say } from '../stack/say.js';
import { createDeadMan, type Health } from './deadMan.js';
import type { Check, Seen } from './fault.js';
import { judge, type Known } from './known.js';
import { createPost } from './post.js';
import { tellingOf } from './words.js';

type Needs = {
  checks: readonly Check[];
  settings: () => Watchdog;
  channels: () => Channels;
  newId: () => string;
  now: () => number;
  say: Say;
};

/** A check that hangs is a check that cannot look. */
const lookWithinMs = 5_000;

const looked = async ({ name, look }: Check): Promise<Seen> => {
  const signal = AbortSignal.timeout(lookWithinMs);
  const tooLate = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${lookWithinMs / 1000} s`))),
  );
  try {
    return { check: name, faults: await Promise.race([look(signal), tooLate]) };
  } catch (error) {
    return { check: name, blind: firstLine(error) };
  }
};

const healthOf = (known: readonly Known[], delivered: boolean): Health => {
  if (known.some(({ toldAt }) => toldAt !== undefined)) return 'wrong';
  return known.length === 0 && delivered ? 'well' : 'unsure';
};

/** Looks once at everything, tells what is new of it, and answers the dead-man check. */
export const createWatchdog = ({ checks, settings, channels, newId, now, say }: Needs) => {
  const post = createPost(channels, newId, say);
  const deadMan = createDeadMan(say, now);
  let known: readonly Known[] = [];

  return {
    known: () => known,
    async look(): Promise<void> {
      const { tell, remindAfterMs, deadMan: other } = settings();
      const seen = await Promise.all(checks.map(looked));
      const judged = judge(known, seen, now(), remindAfterMs);
      ({ known } = judged);
      const telling = tellingOf(judged.news, now());
      if (telling) {
        say(telling.subject);
        post.add(telling, tell);
      }
      const delivered = await post.deliver(AbortSignal.timeout(lookWithinMs));
      await deadMan(other, healthOf(known, delivered));
    },
  };
};
