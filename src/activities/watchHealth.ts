import { Context } from '@temporalio/activity';
import type { HealthCheck } from '../domain/settings.js';
import type { HealthChange, WatchHealthInput } from './activities.js';
import type { Health } from './health/health.js';
import { checkHttp } from './health/http.js';
import { checkTcp } from './health/tcp.js';

const check = (what: HealthCheck, signal: AbortSignal): Promise<Health> => {
  switch (what.kind) {
    case 'http':
      return checkHttp(what, signal);
    case 'tcp':
      return checkTcp(what, signal);
  }
};

/** Often enough for a heartbeat timeout of a few seconds, however rarely it checks. */
const beatEveryMs = 1_000;

/**
 * Checks a service at its pace for as long as it stays as it was, and returns when enough checks in a row say otherwise.
 * It waits by itself, so that a quiet week leaves one entry in the history and not one a check.
 */
export const createWatchHealthActivity =
  ({ now }: { now: () => number }) =>
  async ({ check: what, pace, healthy }: WatchHealthInput): Promise<HealthChange> => {
    const context = Context.current();
    const everyMs = pace === 'crisis' ? what.crisisEveryMs : what.everyMs;
    let last: Health | undefined;
    let differing = 0;
    let since = now();
    const beating = setInterval(() => context.heartbeat({ differing, ...last }), beatEveryMs);
    try {
      for (;;) {
        const began = performance.now();
        last = await check(what, context.cancellationSignal);
        if (context.cancellationSignal.aborted) return await context.cancelled;
        differing = last.healthy === healthy ? 0 : differing + 1;
        if (differing === 1) since = now();
        context.heartbeat({ differing, ...last });
        if (differing >= what.changesAfter) return { ...last, at: since };
        await context.sleep(Math.max(0, everyMs - (performance.now() - began)));
      }
    } finally {
      clearInterval(beating);
    }
  };
