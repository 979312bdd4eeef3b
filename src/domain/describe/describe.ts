import type { Event, EventType } from '../event.js';
import { acting } from './acting.js';
import { damage } from './damage.js';
import { life } from './life.js';
import { paging } from './paging.js';
import { regulators } from './regulators.js';
import type { Sayings } from './sayings.js';
import { telling } from './telling.js';
import type { Names } from './words.js';

const sayings: Sayings<EventType> = { ...life, ...damage, ...paging, ...acting, ...telling, ...regulators };

/**
 * One plain sentence, as a person reads a timeline at 03:00. It is a single printable line, but texts from alerts in it stay
 * untrusted: escape it for where it is shown. `names` says what ids are called (see `namesOf`).
 */
export const describe = (event: Event, names: Names = {}): string => {
  const say = sayings[event.type] as (event: Event, names: Names) => string;
  // A reason may bring its own full stop.
  return say(event, names).replace(/([.?!…])\.$/, '$1');
};
