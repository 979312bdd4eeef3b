import type { View } from '../../../../src/client/firebreak.js';
import { namesOf } from '../../../../src/domain/describe/names.js';
import type { Effect, Outcome } from '../../../../src/domain/effect.js';
import { due } from '../../../../src/domain/engine/clocks.js';
import type { Occasion } from '../../../../src/domain/engine/occasion.js';
import type { Event } from '../../../../src/domain/event.js';
import { simulate } from '../../../../src/domain/simulate.js';
import { createFakeFirebreak } from '../../../api/support/fakeFirebreak.js';
import { start } from '../../../api/support/start.js';
import { declared, minute, planFor } from '../../../support/plan.js';

const answer = (effect: Effect, at: number): { afterMs: number; outcome: Outcome } | undefined => {
  if (effect.kind === 'page') return { afterMs: 500, outcome: { of: effect, page: { status: 'sent', ref: 'ref' } } };
  if (effect.kind === 'lookUp') return { afterMs: 10, outcome: { of: effect, roster: planFor().roster } };
  if (effect.kind !== 'run') return undefined;
  const result = { status: 'succeeded' as const, summary: 'exit code 0', output: '', startedAt: at, endedAt: at };
  return { afterMs: 2_000, outcome: { of: effect, run: result } };
};

type Said = { afterMs: number; occasion: Occasion };
const byBen: Said = {
  afterMs: 2.5 * minute,
  occasion: { type: 'command', command: { command: 'acknowledge', by: 'ben', via: 'link', proven: true } },
};
const byChris: Said = {
  afterMs: 3 * minute,
  occasion: { type: 'command', command: { command: 'run', what: 'scale', parameters: {}, by: 'chris' } },
};

/** Four minutes of a night as the engine itself runs it: answered by the secondary, and something waits for an approval. */
const lived = (now: number) => {
  const plan = planFor({
    actions: { ...planFor().actions, scale: { ...planFor().actions['scale']!, preAuthorisedForMs: 0 } },
  });
  const { crisis, events } = simulate({
    plan,
    declaration: declared(),
    declaredAt: now - 4 * minute,
    script: [byBen, byChris],
    respond: answer,
    untilMs: 4 * minute,
  });
  const view: View = {
    crisis,
    next: due(crisis, plan),
    names: namesOf(crisis, plan),
    playbook: plan.playbook,
    workflowId: 'crisis:shop',
    runId: 'run-1',
  };
  return { view, events };
};

/** The API over that night. `happens` adds to its timeline, as if it went on; `store` may add an archive. */
export const startNight = async (over: Parameters<typeof start>[0] = {}) => {
  // Not the very moment: what is due in a minute would be due in a minute or in 59 seconds, by how fast the machine is.
  const { view, events } = lived(Date.now() - 2_000);
  const { crisisId } = view.crisis;
  const fake = createFakeFirebreak(Date.now);
  fake.crises.set(crisisId, view.crisis);
  const timeline: Event[] = [...events];
  const { address } = await start({
    answerWithinMs: 2_000,
    firebreak: {
      ...fake.firebreak,
      view: async (idOrKey) => ({ ...view, crisis: (await fake.firebreak.view(idOrKey)).crisis }),
      timeline: async (idOrKey) => {
        await fake.firebreak.timeline(idOrKey);
        return timeline.map((event, seq) => ({ seq, event }));
      },
    },
    ...over,
  });
  const env = { FIREBREAK_URL: address };
  return {
    ...fake,
    address,
    env,
    crisisId,
    lived: events.length,
    happens: (event: Event) => void timeline.push(event),
  };
};
