import { tellOfAsking } from '../support/asking.js';

tellOfAsking({ open: 4, callEveryMs: 700, kills: 4, killEveryMs: 2_500 });
