import { tellOfAsking } from '../support/asking.js';
import { scaled } from '../support/random.js';

// Longer than the half minute for which a plan's own roster is good, so that it is looked up within tasks too.
tellOfAsking({ open: 20, callEveryMs: 2_000, kills: scaled(40), killEveryMs: 3_000 });
