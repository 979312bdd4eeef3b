import type { ActionResult } from '../action.js';
import type { Outcome, PageEffect, RunEffect, SendEffect } from '../effect.js';
import { reopen } from './causes.js';
import { record, type Decision } from './decision.js';
import { pageStep, takeDueStep, tryOtherwise } from './paging.js';
import { afterAction } from './procedures.js';
import { taskDoing } from './questions.js';
import { firebreak } from './decision.js';

/** What became of an effect. A failure is part of the story: it is noted, and the next thing is done. */
export const hear = (d: Decision, outcome: Outcome): void => {
  const reason = outcome.error ?? 'no reason was given';
  switch (outcome.of.kind) {
    case 'page': {
      const { of: page, page: said, cancelled } = outcome as Extract<Outcome, { of: { kind: 'page' } }>;
      const unsaid = { status: cancelled && isNotBegun(d, page) ? 'cancelled' : 'uncertain', reason } as const;
      const settled = said ?? unsaid;
      record(d, { type: 'pageSettled', key: page.key, ...settled });
      if (settled.status === 'failed' || (settled.status === 'uncertain' && d.plan.engine >= 2)) tryOtherwise(d, page);
      return undefined;
    }
    case 'tell': {
      const { of: telling, tell } = outcome as Extract<Outcome, { of: { kind: 'tell' } }>;
      record(d, { type: 'tellSettled', key: telling.key, deliveries: tell?.deliveries ?? [] });
      if (!tell) record(d, { type: 'effectFailed', what: `${telling.template} to ${telling.audienceId}`, reason });
      return settleTelling(d);
    }
    case 'run': {
      const { of: run, run: result, cancelled } = outcome as Extract<Outcome, { of: { kind: 'run' } }>;
      const settled = result ?? unknownResult(d, run, cancelled ? 'called off' : reason);
      const { key, actionId: action, purpose, context } = run;
      record(d, { type: 'actionEnded', key, action, purpose, context, result: settled });
      for (const entry of settled.evidence ?? []) record(d, { type: 'evidenceKept', by: firebreak, entry });
      return afterAction(d, run, settled);
    }
    case 'lookUp': {
      const { of: lookUp, roster } = outcome as Extract<Outcome, { of: { kind: 'lookUp' } }>;
      if (roster) record(d, { type: 'rosterSeen', roster });
      else record(d, { type: 'rosterFailed', reason });
      // A round that has begun meanwhile takes its own steps.
      const round = d.crisis.engagements[lookUp.engagement]?.round;
      if (lookUp.round === undefined || lookUp.round === round) pageStep(d, lookUp.engagement, lookUp.step);
      return takeDueStep(d, lookUp.engagement);
    }
    case 'open': {
      const { of: open, opened } = outcome as Extract<Outcome, { of: { kind: 'open' } }>;
      return opened === undefined
        ? record(d, { type: 'effectFailed', what: `making a crisis of ${open.cause}`, reason })
        : record(d, {
            type: 'linked',
            to: opened,
            relation: open.restricted ? 'turned out to be an attack' : 'split out',
            by: firebreak,
          });
    }
    case 'send':
      return outcome.error === undefined ? undefined : notSent(d, outcome.of, reason);
    case 'pace':
    case 'archive':
      return outcome.error === undefined
        ? undefined
        : record(d, { type: 'effectFailed', what: outcome.of.kind, reason });
  }
};

/** Nobody was there to take it. */
const notSent = (d: Decision, effect: SendEffect, reason: string): void => {
  record(d, { type: 'effectFailed', what: `sending word to the crisis of ${effect.to}`, reason });
  if (effect.command === 'alert' && d.plan.engine >= 3) reopen(d, effect);
};

/** An activity that could not answer: a verification that cannot be had has failed, anything else is in doubt. */
const unknownResult = (d: Decision, { purpose }: RunEffect, summary: string): ActionResult => ({
  status: purpose === 'verify' ? 'failed' : 'uncertain',
  summary,
  output: '',
  startedAt: d.at,
  endedAt: d.at,
});

/** The task of telling stakeholders is done when it reached anybody, not when it was tried. */
const settleTelling = (d: Decision): void => {
  const task = taskDoing(d.plan, 'tellStakeholders');
  if (!task || d.crisis.tasks[task.id]) return;
  let reached = 0;
  for (const { occasion, settled, sent } of Object.values(d.crisis.tells)) {
    if (occasion !== 'start') continue;
    if (!settled) return;
    reached += sent;
  }
  if (reached > 0) record(d, { type: 'taskDone', task: task.id, by: firebreak, note: `${reached} told` });
  else record(d, { type: 'taskFailed', task: task.id, reason: 'none of the messages could be sent' });
};

/**
 * Only what was called off in the moment in which it was decided was never handed to a worker. What nobody answers for
 * later may have been sent by one that was killed then.
 */
const isNotBegun = (d: Decision, { key }: PageEffect): boolean => d.crisis.deliveries[key]?.intendedAt === d.at;
