import { crashPoints } from '../support/crashing.js';
import { sweepCrashPoints } from '../support/crashSweep.js';

sweepCrashPoints(crashPoints);
