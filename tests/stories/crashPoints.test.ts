import { sweepCrashPoints } from '../support/crashSweep.js';

// One of the message, one of an action, one of the API; the long run has all sixteen.
sweepCrashPoints(['after send', 'after start', 'after approve']);
