import { minutes } from '../domain/duration.js';
import type { PagingPolicy } from '../domain/paging.js';
import type { Severity } from '../domain/severity.js';

/** The seed promises an answer inside five minutes, so everyone has been asked before they are over. */
const critical: PagingPolicy = {
  steps: [
    { afterMs: 0, targets: ['primary'] },
    { afterMs: minutes(1), targets: ['primary'] },
    { afterMs: minutes(2), targets: ['secondary'] },
    { afterMs: minutes(4), targets: ['rotation', 'commander'] },
    { afterMs: minutes(5), targets: ['rung:engineering-manager'] },
  ],
  repeatAfterMs: minutes(5),
  forgottenAfterMs: minutes(15),
};

const high: PagingPolicy = {
  steps: [
    { afterMs: 0, targets: ['primary'] },
    { afterMs: minutes(5), targets: ['secondary'] },
    { afterMs: minutes(10), targets: ['rotation', 'commander'] },
  ],
  repeatAfterMs: minutes(10),
  forgottenAfterMs: minutes(30),
};

/** Nobody's phone rings; the team reads of it (see tellings.ts). */
const silent: PagingPolicy = { steps: [], repeatAfterMs: minutes(30), forgottenAfterMs: minutes(60) };

/** Who is paged when, for teams whose configuration names no policy of its own. */
export const defaultPolicies: Readonly<Record<Severity, PagingPolicy>> = {
  P0: critical,
  P1: high,
  P2: silent,
  P3: silent,
};
