import { createHash } from 'node:crypto';
import { CommandRefused, NoSuchCrisis, Unreachable, type Done } from '../client/firebreak.js';
import { linkKey } from '../domain/auditOf.js';
import type { Crisis } from '../domain/crisis.js';
import { ackPage } from './ackPage.js';
import type { Context } from './parts.js';
import { momentIn, plainPage } from './pageFrame.js';
import { fromStore, StoreDown } from './reading.js';
import { pressOf, standingOf } from './standing.js';
import { TooLate, within } from './within.js';

/** What a valid link says. */
export type Claims = { crisisId: string; person: string; key: string };
export type Answer = { status: number; html: string };

/** What a link that cannot be read is answered with. */
export const faults: Record<'expired' | 'invalid', Answer> = {
  expired: {
    status: 410,
    html: plainPage('This link has expired', 'Acknowledge by a newer message, or on the command line.'),
  },
  invalid: {
    status: 403,
    html: plainPage('This link is not valid', 'It was cut short or changed on its way. Nothing was done.'),
  },
};
const unreachable: Answer = {
  status: 503,
  html: plainPage(
    'Not recorded',
    'The crisis server cannot be reached. Try again now; if it stays so, call your colleagues.',
  ),
};
const unknown: Answer = { status: 404, html: plainPage('No such crisis', 'It has ended, or was never here.') };

/** A link outlives the right to see what it is about: to whoever was dismissed it looks as if there were no crisis. */
const mustNotBeDismissed = ({ crisisId, restricted }: Crisis, person: string): void => {
  if (restricted?.dismissed.includes(person)) throw new NoSuchCrisis(`there is no crisis "${crisisId}"`);
};

type Looking = { crisisId: string; person: string };

/** The crisis of a link, as the store knows it when it is over; undefined while it does not answer. Throws NoSuchCrisis. */
export const seen = async (context: Context, { crisisId, person }: Looking): Promise<Crisis | undefined> => {
  const crisis = await found(context, crisisId);
  if (crisis) mustNotBeDismissed(crisis, person);
  return crisis;
};

const found = async (context: Context, crisisId: string): Promise<Crisis | undefined> => {
  const { firebreak, answerWithinMs, store } = context;
  try {
    return (await within(firebreak.view(crisisId), answerWithinMs)).crisis;
  } catch (error) {
    if (error instanceof TooLate || error instanceof Unreachable) return undefined;
    const over = error instanceof NoSuchCrisis && store && (await fromStore(context, () => store.crisis(crisisId)));
    if (over) return over.crisis;
    throw error;
  }
};

const shown = (
  context: Context,
  claims: Claims,
  crisis: Crisis | undefined,
  said?: string,
  asks = said === undefined,
) => {
  const { people, bridge } = context.settings();
  const person = Object.hasOwn(people, claims.person) ? people[claims.person] : undefined;
  return ackPage({
    crisis,
    crisisId: claims.crisisId,
    person: person?.name ?? claims.person,
    timeZone: person?.timeZone ?? 'UTC',
    bridge,
    now: context.now(),
    said,
    asks,
  });
};

/** What a page says that asks nothing more; undefined while it still asks. */
const settled = (context: Context, { person, key }: Claims, crisis: Crisis): string | undefined => {
  const standing = standingOf(crisis, key);
  if (standing.is === 'asked') return undefined;
  if (standing.is === 'over') return standing.why;
  const { people } = context.settings();
  const nameOf = (id: string) => (Object.hasOwn(people, id) ? people[id]?.name : undefined) ?? id;
  const zone = (Object.hasOwn(people, person) ? people[person]?.timeZone : undefined) ?? 'UTC';
  const when = standing.at === undefined ? '' : ` at ${momentIn(zone, standing.at)}`;
  return `Already acknowledged by ${standing.by === person ? 'you' : nameOf(standing.by)}${when}.`;
};

/** Shows how it stands, and changes nothing. */
export const look = async (context: Context, claims: Claims): Promise<Answer> => {
  const crisis = await seen(context, claims);
  if (!crisis)
    return {
      status: 200,
      html: shown(
        context,
        claims,
        undefined,
        'The crisis does not answer just now. You can acknowledge all the same.',
        true,
      ),
    };
  return { status: 200, html: shown(context, claims, crisis, settled(context, claims, crisis)) };
};

const sayDone = (done: Done): string =>
  done.status === 'done'
    ? 'You have acknowledged. Nobody else is paged for this now.'
    : 'Taken. It is recorded as soon as a worker is back.';

/** Acknowledges as the person of the link, unless somebody has already; says what came of it. */
export const acknowledge = async (context: Context, claims: Claims): Promise<Answer> => {
  const { firebreak, counters } = context;
  const before = await seen(context, claims);
  const already = before && settled(context, claims, before);
  if (already !== undefined) return { status: 200, html: shown(context, claims, before, already) };
  const id = createHash('sha256').update(pressOf(before, claims.key)).digest('hex');
  try {
    const command = { id, by: claims.person, via: 'link' };
    const actor = { kind: 'person', id: claims.person, key: linkKey } as const;
    const done = await firebreak.command(claims.crisisId, 'acknowledge', command, actor);
    counters.add('firebreak_commands_total', { command: 'acknowledge', outcome: done.status });
    if (done.status === 'taken') return { status: 202, html: shown(context, claims, before, sayDone(done)) };
    return { status: 200, html: shown(context, claims, await seen(context, claims), sayDone(done)) };
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
    counters.add('firebreak_commands_total', { command: 'acknowledge', outcome: 'refused' });
    // Somebody may have been quicker between our look and the press.
    const after = await seen(context, claims);
    const said = (after && settled(context, claims, after)) ?? `Not acknowledged: ${error.message}`;
    return { status: 409, html: shown(context, claims, after, said) };
  }
};

/** Failures that a person on a telephone can be told; others are thrown on. */
export const pageOfFailure = (error: unknown): Answer => {
  if (error instanceof Unreachable) return unreachable;
  // The crisis no longer runs, and only the database could say more.
  if (error instanceof NoSuchCrisis || error instanceof StoreDown) return unknown;
  throw error;
};
