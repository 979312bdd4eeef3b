import type { CrisisFilter, CrisisRow } from '../store/store.js';
import type { Crisis } from '../domain/crisis.js';
import type { Context } from './parts.js';
import { fromStore } from './reading.js';
import { seenPage } from './seenPage.js';
import { asSeen, maySee } from './visibility.js';
import { within } from './within.js';

type Listed = { crisis: Crisis; workflowId: string; runId: string; asOf?: number };

const atMostLive = 50;

const fits = ({ crisis }: Listed, { open, severity, service }: CrisisFilter): boolean =>
  (open === undefined || open === (crisis.status !== 'closed')) &&
  (severity === undefined || crisis.classification.severity === severity) &&
  (service === undefined || crisis.services.includes(service));

const toListed = ({ crisis, workflowId, runId, updatedAt }: CrisisRow): Listed => ({
  crisis,
  workflowId,
  runId,
  asOf: updatedAt,
});

/** Running crises that the store has not heard of, asked themselves. */
const unheard = async ({ firebreak, answerWithinMs }: Context, known: ReadonlySet<string>): Promise<Listed[]> => {
  const running = await within(firebreak.running(), answerWithinMs);
  const asked = running
    .filter(({ crisisId }) => !known.has(crisisId))
    .slice(0, atMostLive)
    .map(({ crisisId }) => within(firebreak.view(crisisId), answerWithinMs));
  return (await Promise.allSettled(asked)).flatMap((answer) =>
    answer.status === 'fulfilled'
      ? [{ crisis: answer.value.crisis, workflowId: answer.value.workflowId, runId: answer.value.runId }]
      : [],
  );
};

/** What the store lists and what runs unknown to it. One of the two may be down; when both are, it throws. */
export const listCrises = async (
  context: Context,
  filter: CrisisFilter,
  seer: string | undefined,
): Promise<Listed[]> => {
  const ask = (limit: number) => fromStore(context, (store) => store.crises({ ...filter, limit }));
  const known = new Set<string>();
  const seen = (rows: CrisisRow[]) => {
    for (const { crisis } of rows) known.add(crisis.crisisId);
    return Promise.resolve(rows.filter(({ crisis }) => maySee(crisis, seer)));
  };
  const stored = await Promise.allSettled([seenPage(filter.limit ?? 100, ask, seen)]).then(([rows]) => rows);
  const rows = stored.status === 'fulfilled' ? stored.value.map(toListed) : [];
  const live = await unheard(context, known).catch((error: unknown) => {
    if (stored.status === 'rejected') throw error;
    return [];
  });
  const shown = [...live.filter((each) => fits(each, filter)), ...rows]
    .filter(({ crisis }) => maySee(crisis, seer))
    .sort((a, b) => b.crisis.declaredAt - a.crisis.declaredAt)
    .slice(0, filter.limit);
  return Promise.all(shown.map(async (each) => ({ ...each, crisis: await asSeen(context, each.crisis, seer) })));
};
