import { spoken } from '../duration.js';
import type { Facts } from '../facts.js';
import type { Sayings } from './sayings.js';
import { actor, because, counted, oneLine } from './words.js';

/** Facts as `name=value`, in the words the rules use. */
export const factsShown = (facts: Facts): string =>
  oneLine(
    Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('/') : String(value)}`)
      .join(', '),
  ) || 'nothing new';

/** What monitors and people say about the damage. */
export const damage: Sayings<'alerted' | 'alertsCleared' | 'flapping' | 'steady' | 'assessed' | 'reclassified'> = {
  alerted: ({ tallies }) => {
    const count = tallies.reduce((sum, tally) => sum + tally.count, 0);
    const [first, ...others] = tallies;
    if (!first) return 'No alerts came in.';
    const { alert } = first;
    const who = alert.by === undefined ? alert.detection : `${alert.detection} by ${oneLine(alert.by, 100)}`;
    const more = others.length > 0 ? `, and ${counted(others.length, 'other')}` : '';
    const often = count > tallies.length ? ` (${count} times in all)` : '';
    const what = alert.status === 'resolved' ? 'cleared' : 'said';
    return `A ${who} ${what}: ${oneLine(alert.summary)}${more}${often}.`;
  },
  alertsCleared: ({ count }) => `${counted(count, 'alert')} cleared; nothing fires any more.`,
  flapping: (e) =>
    `"${oneLine(e.summary)}" has changed ${counted(e.changes, 'time')} within ${spoken(e.withinMs)}; it counts as firing until it has been steady for as long.`,
  steady: (e) =>
    `"${oneLine(e.summary)}" has been steady for a while; it ${e.status === 'firing' ? 'fires' : 'is resolved'}.`,
  assessed: (e, names) => `${actor(names, e)} assessed the damage: ${factsShown(e.facts)}${because(e.note)}.`,
  reclassified: (e, names) =>
    `${actor(names, e)} reclassified it from ${oneLine(e.was)} to ${e.classification.severity}${because(e.classification.why)}.`,
};
