import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { Event } from '../domain/event.js';
import { apply } from '../domain/engine/apply.js';
import { blank } from '../domain/engine/state.js';
import { scoreMarkdown } from '../domain/scenario/markdown.js';
import { scoreOf, type Scorecard } from '../domain/scorecard.js';
import { Expectations } from '../domain/scenario.js';
import type { Store } from '../store/store.js';
import type { DrillActivities, DrillReport, ScoreInput } from './drill.js';
import { openNow, type StoreNow } from './project.js';

type Needs = {
  store: StoreNow;
  exportHistory: (workflowId: string, runId: string) => Promise<unknown>;
  write: (name: string, text: string) => Promise<void>;
};

/** The end of a drill ends its crises; what it is judged by is how they stood before. */
const beforeTheEnd = (events: readonly Event[], endedAt: number): Event[] => events.filter(({ at }) => at <= endedAt);

const scoreOne = async (store: Store, crisisId: string, input: ScoreInput, judged: boolean): Promise<Scorecard> => {
  const events = (await store.timeline(crisisId)).map(({ event }) => event);
  const heard = beforeTheEnd(events, input.endedAt);
  return scoreOf({
    crisis: heard.reduce(apply, blank),
    events: heard,
    final: events.reduce(apply, blank),
    deliveries: await store.deliveries(crisisId),
    expect: judged ? input.scenario.expect : Expectations.parse({}),
    scale: input.scale,
  });
};

/** Tried again until it is there; nothing is wrong, so nobody needs to read of it in a log. */
const notYet = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ message, type: 'NotArchivedYet', category: ApplicationFailureCategory.BENIGN });

/** Judges a drill by what the store has of it, and keeps the scorecard like a post-mortem. Safe to run twice. */
export const createScoreDrillActivity = ({
  store,
  exportHistory,
  write,
}: Needs): Pick<DrillActivities, 'scoreDrill'> => ({
  scoreDrill: async (input) => {
    const kept = openNow(store);
    const { workflowId, runId, crisisIds, ...rest } = input;
    const opened: string[] = [];
    for (const crisisId of crisisIds) {
      if (!(await kept.crisis(crisisId).then((row) => row?.crisis.crisisId === crisisId))) continue;
      if (!(await kept.archived(crisisId))) throw notYet(`${crisisId} is not in the archive yet`);
      opened.push(crisisId);
    }
    if (opened.length === 0) throw notYet('no crisis of the drill is in the store yet');
    const scorecards = await Promise.all(opened.map((id, nth) => scoreOne(kept, id, input, nth === 0)));
    const report: DrillReport = {
      drillId: rest.drillId,
      scenario: rest.scenario,
      scale: rest.scale,
      startedAt: rest.startedAt,
      endedAt: rest.endedAt,
      notes: rest.notes,
      scorecards,
      holds: scorecards.every(({ holds }) => holds),
    };
    const text = scoreMarkdown(report);
    await write(`drill-${rest.drillId}.md`, text);
    const history = await exportHistory(workflowId, runId);
    await kept.archive({ crisisId: workflowId, workflowId, runId, closedAt: rest.endedAt, history, postmortem: text });
    return report;
  },
});
