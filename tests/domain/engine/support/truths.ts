import type { Crisis } from '../../../../src/domain/crisis.js';
import { apply } from '../../../../src/domain/engine/apply.js';
import { due } from '../../../../src/domain/engine/clocks.js';
import { decide } from '../../../../src/domain/engine/decide.js';
import { blank } from '../../../../src/domain/engine/state.js';
import type { EventOf } from '../../../../src/domain/event.js';
import type { Decided } from '../../../../src/domain/simulate.js';

/** So many decisions at one instant are a loop. */
const atOneInstant = 300;

/** A state is large to compare, and one decision in so many shows the same. */
const everySoOften = 7;

const told = (wrong: string, { occasion, at }: Decided): Error =>
  new Error(`${wrong}, at ${new Date(at).toISOString()} on ${JSON.stringify(occasion).slice(0, 500)}`);

/** A state that has been through JSON has lost the places of what is not known yet, which is no difference. */
const inOrder = (answer: ReturnType<typeof decide>): string =>
  JSON.stringify({ ...answer, crisis: { ...blank, ...answer.crisis } });

const isFold = ({ before, events, after }: Decided): boolean =>
  JSON.stringify(events.reduce(apply, before)) === JSON.stringify(after);

/** The same question asked of a state that has been through JSON, as continue-as-new carries it. */
const decidesAlike = ({ before, plan, occasion, at, after, events, effects }: Decided): boolean => {
  const carried = JSON.parse(JSON.stringify(before)) as Crisis;
  const again = decide(carried, plan, JSON.parse(JSON.stringify(occasion)) as typeof occasion, at);
  return inOrder(again) === inOrder({ crisis: after, events, effects });
};

const wrongStatus = ({ after: crisis, plan }: Decided): string | undefined => {
  const needs = {
    triggered: true,
    acknowledged: crisis.acknowledgedAt !== undefined,
    mitigated: crisis.mitigatedAt !== undefined,
    resolved: crisis.watchUntil !== undefined && crisis.quiet,
    closed: crisis.closedAt !== undefined && crisis.quiet,
  };
  if (!needs[crisis.status]) return `the status ${crisis.status} lacks what belongs to it`;
  const isPromotion = crisis.type !== plan.playbook.type;
  if (!isPromotion && crisis.phase >= plan.playbook.phases.length) return `there is no phase ${crisis.phase}`;
  return Object.values(crisis.engagements).some(
    ({ answeredAt, answeredBy }) => (answeredAt === undefined) !== (answeredBy === undefined),
  )
    ? 'somebody answered at no time, or nobody did'
    : undefined;
};

/** Somebody must be on the way to being woken while a P0 waits for an answer. */
const isForgotten = ({ after: crisis, plan }: Decided): boolean => {
  if (crisis.status !== 'triggered' || crisis.classification.severity !== 'P0' || crisis.type === 'watch') return false;
  if (crisis.type !== plan.playbook.type || crisis.quiet) return false;
  const response = crisis.engagements['response'];
  const pages = due(crisis, plan).some(
    (next) => (next.what === 'pageStep' || next.what === 'repeatPaging') && next.engagement === 'response',
  );
  return response?.answeredAt === undefined && !pages && !response?.lookingUp;
};

const hasDisorderedClocks = ({ after, plan }: Decided): boolean => {
  const clocks = due(after, plan);
  return clocks.some(({ at }, i) => !Number.isFinite(at) || at < (clocks[i - 1]?.at ?? 0));
};

type Started = EventOf<'actionStarted'>;

const provenBy = ({ occasion }: Decided): string | undefined =>
  occasion.type === 'command' && occasion.proof && 'actor' in occasion.proof ? occasion.proof.actor.id : undefined;

/** Why what has been started should not have been; undefined where it has its authority. */
const unauthorised = (decided: Decided, { action: id, grant, authority }: Started): string | undefined => {
  const { occasion, plan, after, at } = decided;
  const action = plan.actions[id];
  if (!plan.authority || !action || action.risk === 'safe') return undefined;
  const commanded = occasion.type === 'command' ? occasion.command : undefined;
  const isProven = commanded !== undefined && provenBy(decided) === commanded.by;
  switch (grant?.kind) {
    case 'policy':
      return at < after.declaredAt + action.preAuthorisedForMs || authority.startsWith('it was authorised')
        ? undefined
        : 'the policy is over';
    case 'approval': {
      if (commanded?.command !== 'approve' || !isProven) return 'nobody proven approved it';
      const request = after.approvals[commanded.request];
      if (!request) return 'there is no such request';
      const { by, approvedBy, needs } = request;
      if (approvedBy.includes(by) || new Set(approvedBy).size < needs) return 'its approvals are not enough';
      return needs >= action.approvals ? undefined : 'it asked for too few';
    }
    case 'role':
      return isProven && action.approvals === 0 ? undefined : 'a role was taken for enough';
    case 'break-glass':
      return isProven && 'reason' in commanded && commanded.reason !== undefined
        ? undefined
        : 'the glass broke by itself';
    default:
      return 'it has no authority';
  }
};

/** What holds after every decision of every crisis; throws what does not. */
export const createTruths = () => {
  const keys = new Set<string>();
  const answered = new Set<string>();
  let made = 0;
  let instant = { at: -1, decisions: 0 };

  return (decided: Decided): void => {
    const { at, events, effects, after } = decided;
    instant = instant.at === at ? { at, decisions: instant.decisions + 1 } : { at, decisions: 1 };
    if (instant.decisions > atOneInstant) throw told('the clocks do not move on', decided);
    if (decided.occasion.type === 'command' || made++ % everySoOften === 0) {
      if (!isFold(decided)) throw told('the events do not add up to the state', decided);
      if (!decidesAlike(decided)) throw told('asked again it decides otherwise', decided);
    }
    const wrong = wrongStatus(decided);
    if (wrong !== undefined) throw told(wrong, decided);
    if (isForgotten(decided)) throw told('nobody will be paged for a P0 that waits', decided);
    if (hasDisorderedClocks(decided)) throw told('the clocks are out of order', decided);
    for (const event of events) {
      if (event.at !== at) throw told(`${event.type} has another time`, decided);
      if (event.type === 'actionStarted' && event.purpose === 'do' && event.context.as !== 'monitoring') {
        const why = unauthorised(decided, event);
        if (why !== undefined) throw told(`${event.action} ran: ${why}`, decided);
      }
      if (event.type === 'acknowledged') for (const id of event.engagements) answered.add(id);
      if (event.type === 'engagementOpened') answered.delete(event.engagement);
      if (event.type === 'paged' && answered.has(event.engagement)) throw told(`${event.key} was answered`, decided);
    }
    for (const effect of effects) {
      if (effect.kind === 'cancel') continue;
      if (keys.has(effect.key)) throw told(`the key ${effect.key} is used twice`, decided);
      keys.add(effect.key);
      if (effect.kind === 'page' && after.deliveries[effect.key]?.status !== 'intended')
        throw told(`${effect.key} has no row in the ledger`, decided);
    }
  };
};
