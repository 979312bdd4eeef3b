import type { EventOf, EventType } from '../event.js';
import type { Names } from './words.js';

/** One plain sentence for each of these event types. */
export type Sayings<Types extends EventType> = {
  readonly [Type in Types]: (event: EventOf<Type>, names: Names) => string;
};
