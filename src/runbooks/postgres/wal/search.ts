/** What a moment of the past looks like; `ended`: what is archived ends before it, with its last transaction at `lastAt`. */
export type Seen = 'sound' | 'damaged' | { ended: true; lastAt?: number };

/** A copy of the data on its way forward through its past; it never goes back. */
export type Walk = { goTo: (at: number) => Promise<Seen> };

type Wanted = {
  /** A moment that is known to be sound. */
  from: number;
  /** A moment that is known to be damaged, or the last there is. */
  to: number;
  preciseToMs: number;
};

/** Each walk reads all that was archived up to where it ends, so that few long steps are worth more than many short ones. */
const stepsPerWalk = 12;

/**
 * The newest moment that looks sound with nothing damaged before it, to within `preciseToMs`. One walk finds between which
 * steps the damage begins, the next looks between these two. All times are in milliseconds since 1970.
 */
export const findNewestSound = async (begin: () => Promise<Walk>, wanted: Wanted): Promise<number> => {
  const preciseToMs = Math.max(1, wanted.preciseToMs);
  let { from: sound, to: beyond } = wanted;
  while (beyond - sound > preciseToMs) {
    const walk = await begin();
    const steps = Math.min(stepsPerWalk, Math.ceil((beyond - sound) / preciseToMs));
    const stepMs = (beyond - sound) / steps;
    const start = sound;
    for (let nth = 1; nth < steps; nth += 1) {
      const at = Math.floor(start + nth * stepMs);
      const seen = await walk.goTo(at);
      if (seen === 'sound') {
        sound = at;
        continue;
      }
      beyond = seen === 'damaged' ? at : Math.max(sound, Math.min(at, seen.lastAt ?? sound));
      break;
    }
  }
  return sound;
};
