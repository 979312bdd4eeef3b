import type { Measure } from '../measure.js';
import { measureEncryption } from './encryption.js';
import { measureDistinct } from './distinct.js';
import { measureDecisions, measureSimulated } from './engine.js';
import { measureFirstPage } from './firstPage.js';
import { measureHistory } from './history.js';
import { measureMemory } from './memory.js';
import { measureRestore } from './restore.js';
import { measureStorm } from './storm.js';
import { measureInstant, measureTimers } from './timers.js';

/** All measures: what suffers most from a busy server comes first. */
export const measures: readonly Measure[] = [
  measureDecisions,
  measureSimulated,
  measureFirstPage,
  measureEncryption,
  measureTimers,
  measureInstant,
  measureHistory,
  measureStorm,
  measureDistinct,
  measureMemory,
  measureRestore,
];
