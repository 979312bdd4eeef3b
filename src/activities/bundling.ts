import type { PageEffect, PageOutcome } from '../domain/effect.js';
import { askedOf } from '../domain/throttle.js';

/** `alone`: no other came, and it goes as any page does. */
type Settled = PageOutcome | 'alone';
type Member = { effect: PageEffect; settle: (settled: Settled) => void; fail: (error: unknown) => void };
type Bundle = { key: string; members: Map<string, Member> };

type Needs = {
  newId: () => string;
  /** Sends the pages of a bundle, all to one address; what became of each, by its key. */
  send: (key: string, pages: readonly PageEffect[]) => Promise<ReadonlyMap<string, PageOutcome>>;
};

/** One message names at most so many pages; the next one takes the rest. */
const mostPages = 50;

/**
 * Gathers pages to one address for a moment and lets them out together. Each page stays in its own attempt meanwhile, so
 * that nothing is lost with this process: Temporal gives each of them to another worker.
 */
export const createBundling = ({ newId, send }: Needs) => {
  const open = new Map<string, Bundle>();

  const leave = async (way: string, bundle: Bundle): Promise<void> => {
    if (open.get(way) === bundle) open.delete(way);
    const members = [...bundle.members.values()];
    bundle.members.clear();
    if (members.length < 2) {
      for (const { settle } of members) settle('alone');
      return;
    }
    try {
      const outcomes = await send(
        bundle.key,
        members.map(({ effect }) => effect),
      );
      for (const { effect, settle } of members)
        settle(outcomes.get(effect.key) ?? { status: 'uncertain', reason: 'nobody said what became of it' });
    } catch (error) {
      for (const { fail } of members) fail(error);
    }
  };

  const bundleFor = (way: string, person: string, gatherMs: number): Bundle => {
    const before = open.get(way);
    if (before && before.members.size < mostPages) return before;
    const bundle: Bundle = { key: `bundle:${person}:${newId()}`, members: new Map() };
    open.set(way, bundle);
    setTimeout(() => void leave(way, bundle), gatherMs);
    return bundle;
  };

  /** Takes a page in. Called off while it waits, it does not go; once it is on its way, it goes. */
  return (effect: PageEffect, gatherMs: number, signal: AbortSignal): { bundle: string; settled: Promise<Settled> } => {
    const bundle = bundleFor(askedOf(effect).way, effect.person, gatherMs);
    const settled = new Promise<Settled>((settle, fail) => {
      bundle.members.set(effect.key, { effect, settle, fail });
      const callOff = () => {
        if (bundle.members.delete(effect.key)) settle({ status: 'cancelled', reason: 'called off before it went out' });
      };
      signal.addEventListener('abort', callOff, { once: true });
      if (signal.aborted) callOff();
    });
    return { bundle: bundle.key, settled };
  };
};
