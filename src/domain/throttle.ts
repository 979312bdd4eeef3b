import { z } from 'zod';
import { DurationMs } from './duration.js';
import type { PageEffect } from './effect.js';

/** A page waits in its own attempt for the others; longer than this would be late. */
const mostGatherMs = 3_000;

/** How many messages with pages one person gets by one way, over all crises together, before more are bundled. */
export const PageThrottle = z.strictObject({
  enabled: z.boolean().default(true),
  /** So many within the window go out each by itself. */
  pages: z.number().int().min(1).default(5),
  withinMs: DurationMs.default(60_000),
  /** What comes above that is gathered for so long, and is one message. */
  gatherMs: DurationMs.refine(
    (ms) => ms <= mostGatherMs,
    'expected at most 3s: a page that waits longer is late',
  ).default(2_000),
  /** Which P0 page is never bundled: a person's first one of each crisis, or only her first one within the window. */
  firstP0: z.enum(['perCrisis', 'perWindow']).default('perCrisis'),
});
export type PageThrottle = z.infer<typeof PageThrottle>;

/** A message with a page, or one that asks how to go out. `way` is channel and address; `gone`: it is only to be counted. */
export type PageAsked = { crisisId: string; way: string; isP0: boolean; gone?: boolean };

/** `first`: alone, whatever else went out, since it is the P0 page that must never wait. */
export type Admission = 'first' | 'alone' | 'bundled';

type Way = {
  /** When messages went out by it within the window. */
  sent: readonly number[];
  /** The crises that paged it as P0, the newest last, and when the last of these pages went alone. */
  p0Crises: readonly string[];
  p0At?: number;
};

/** What is known of the pages to one person. Bounded: what is forgotten lets a page out by itself. */
export type ThrottleState = Readonly<Record<string, Way>>;

const crisesKept = 500;

const isFirstP0 = (
  { p0Crises, p0At = -Infinity }: Way,
  { crisisId, isP0 }: PageAsked,
  { firstP0, withinMs }: PageThrottle,
  at: number,
): boolean => isP0 && (firstP0 === 'perCrisis' ? !p0Crises.includes(crisisId) : p0At <= at - withinMs);

const admissionOf = (way: Way, page: PageAsked, rules: PageThrottle, at: number): Admission => {
  if (isFirstP0(way, page, rules, at)) return 'first';
  return page.gone || way.sent.length < rules.pages ? 'alone' : 'bundled';
};

/** Decides how one page goes out at a moment (milliseconds since 1970), and what is known afterwards. */
export const admit = (
  state: ThrottleState,
  page: PageAsked,
  rules: PageThrottle,
  at: number,
): { state: ThrottleState; admission: Admission } => {
  const known = (Object.hasOwn(state, page.way) && state[page.way]) || { sent: [], p0Crises: [] };
  const way: Way = { ...known, sent: known.sent.filter((one) => one > at - rules.withinMs) };
  const admission = admissionOf(way, page, rules, at);
  const goes = admission !== 'bundled';
  const { p0Crises } = way;
  const after: Way = {
    ...way,
    sent: goes ? [...way.sent, at] : way.sent,
    ...(page.isP0 && {
      p0Crises: [...p0Crises.filter((id) => id !== page.crisisId), page.crisisId].slice(-crisesKept),
    }),
    ...(page.isP0 && goes && { p0At: at }),
  };
  return { admission, state: { ...state, [page.way]: after } };
};

/** What the throttle has to know of a page. */
export const askedOf = ({ crisisId, channel, to, message }: PageEffect): PageAsked => ({
  crisisId,
  way: `${channel} ${to}`,
  isP0: message.severity === 'P0',
});

/** A page of the first round may be the first that its person gets of the crisis. */
export const isFirstRound = (key: string): boolean => key.split('/').at(-4) === 'r1';
