import { createHash } from 'node:crypto';
import { CommandRefused, type Done } from '../client/firebreak.js';
import type { ApprovalClaims } from '../domain/approvalLink.js';
import { linkKey } from '../domain/auditOf.js';
import type { Approval, Crisis } from '../domain/crisis.js';
import { seen, type Answer } from './acknowledging.js';
import { approvalPage } from './approvalPage.js';
import { plainPage } from './pageFrame.js';
import type { Context } from './parts.js';

export type Answered = 'approve' | 'reject';

/** What a link that cannot be read is answered with. */
export const approvalFaults: Record<'expired' | 'invalid', Answer> = {
  expired: {
    status: 410,
    html: plainPage('This request has lapsed', 'It was not approved in time, and was not done.'),
  },
  invalid: {
    status: 403,
    html: plainPage('This link is not valid', 'It was cut short or changed on its way. Nothing was done.'),
  },
};

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const shown = (context: Context, claims: ApprovalClaims, crisis: Crisis | undefined, said?: string): string => {
  const { people, actions } = context.settings();
  const approval = crisis && own(crisis.approvals, claims.request);
  const nameOf = (id: string): string => own(people, id)?.name ?? id;
  const words = said ?? settled(context, claims, approval, crisis);
  return approvalPage({
    crisis,
    approval: approval && { ...approval, approvedBy: approval.approvedBy.map(nameOf) },
    action: approval && own(actions, approval.action),
    requester: approval?.by === 'firebreak' ? 'Firebreak' : nameOf(approval?.by ?? ''),
    person: nameOf(claims.person),
    timeZone: own(people, claims.person)?.timeZone ?? 'UTC',
    now: context.now(),
    said: words,
    asks: words === undefined,
  });
};

/** What a page says that asks nothing more; undefined while it still asks. */
const settled = (
  context: Context,
  { person }: ApprovalClaims,
  approval: Approval | undefined,
  crisis: Crisis | undefined,
): string | undefined => {
  if (!crisis)
    return 'The crisis does not answer just now, so nobody can say what would be done. Try again in a moment.';
  if (!approval) return 'There is no such request any more.';
  if (approval.status !== 'open') return `The request is ${approval.status}.`;
  if (approval.lapsesAt <= context.now()) return 'The request has lapsed. It was not done.';
  return approval.approvedBy.includes(person) ? 'You have approved already.' : undefined;
};

/** Shows what is asked, and changes nothing. */
export const lookAtRequest = async (context: Context, claims: ApprovalClaims): Promise<Answer> => ({
  status: 200,
  html: shown(context, claims, await seen(context, claims)),
});

const sayDone = (answered: Answered, done: Done): string => {
  if (done.status === 'taken')
    return 'Taken. It is recorded as soon as a worker is back, if it has not lapsed by then.';
  return answered === 'approve' ? 'You have approved.' : 'You have rejected. It is not done.';
};

/** Approves or rejects as the person of the link; the same answer sent again is the same answer. */
export const answerRequest = async (context: Context, claims: ApprovalClaims, answered: Answered): Promise<Answer> => {
  const { crisisId, person, request } = claims;
  const before = await seen(context, claims);
  const already = settled(context, claims, before && own(before.approvals, request), before);
  if (before && already !== undefined) return { status: 409, html: shown(context, claims, before, already) };
  // Two presses at once are one; after a refusal the crisis has gone on, and the same answer may be welcome.
  const id = createHash('sha256')
    .update(`${answered}:${request}:${person}:${before?.seq ?? ''}`)
    .digest('hex');
  const actor = { kind: 'person', id: person, key: linkKey } as const;
  try {
    const done = await context.firebreak.command(crisisId, answered, { id, by: person, via: 'link', request }, actor);
    context.counters.add('firebreak_commands_total', { command: answered, outcome: done.status });
    const after = done.status === 'done' ? await seen(context, claims) : before;
    return { status: done.status === 'done' ? 200 : 202, html: shown(context, claims, after, sayDone(answered, done)) };
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    context.counters.add('firebreak_commands_total', { command: answered, outcome: 'refused' });
    const said = `Not done: ${error.message}`;
    return { status: 409, html: shown(context, claims, await seen(context, claims), said) };
  }
};
