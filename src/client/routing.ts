import type { Tally } from '../domain/event.js';
import { opens, type Parcel } from '../domain/intake/parcel.js';
import { foldTallies } from '../domain/intake/tallies.js';
import { correlationsOf, umbrellaKey } from '../domain/intake/umbrella.js';
import { createGroupCommit } from './groupCommit.js';
import type { createPlacing } from './placing.js';
import { NoRoom, type Room } from './room.js';
import { createRoutes } from './routes.js';
import { createSharding } from './sharding.js';
import type { OpeningDeps } from './starting.js';
import { createSurvey } from './survey.js';

type Deps = OpeningDeps & { room: Room };

/** With so many crises being opened at this moment, the next one would wait in line: it is made durable first, opened after. */
const openingAtOnce = 6;
/** While it floods, nothing is opened directly: it would only be in the way of what many wait for. */
const afterFloodMs = 1_000;

/**
 * Finds each cause its way. A first alert opens its crisis straight away, a known cause joins its own; a flood of new
 * causes becomes durable in shared messages, and those with something in common become one umbrella crisis.
 */
export const createRouting = (deps: Deps, placing: ReturnType<typeof createPlacing>) => {
  const { client, settings, newId } = deps;
  const nowMs = () => deps.now().getTime();
  const routes = createRoutes(nowMs);
  const survey = createSurvey(client, routes, nowMs);
  const byShard = createSharding(deps);
  let opening = 0;
  let floodedAt = 0;

  const deliver = (parcel: Parcel): Promise<void> => orLeave(parcel, () => deliverAtOnce(parcel), undefined);
  const deliverAtOnce = async (parcel: Parcel): Promise<void> => {
    const { key, tallies } = parcel;
    if (routes.goesByShard(key)) return leave(parcel);
    if (routes.isRunning(key)) {
      if (routes.isHot(key)) return leave(parcel);
      if (await placing.join(parcel)) return;
      routes.isGone(key);
    }
    if (!tallies.some(opens)) return placing.place(parcel);
    if (opening >= openingAtOnce || nowMs() - floodedAt < afterFloodMs) {
      floodedAt = nowMs();
      return leave(parcel);
    }
    opening++;
    try {
      await placing.place(parcel);
      routes.runs(key);
    } finally {
      opening--;
    }
  };
  /** What its crisis has no room for waits on the way; that answers with `left`. */
  const orLeave = async <Answer>(parcel: Parcel, give: () => Promise<Answer>, left: Answer): Promise<Answer> => {
    try {
      return await give();
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      await leave(parcel);
      return left;
    }
  };
  const leave = async (parcel: Parcel): Promise<void> => {
    await byShard(parcel);
    routes.byShard(parcel.key);
  };

  const parcelOf = (key: string, tallies: Iterable<Tally>): Parcel => ({
    id: newId(),
    key,
    tallies: foldTallies(tallies),
  });

  /** Causes of one umbrella share its messages. `gathers`: they may open it; else they only join it. */
  const attach = createGroupCommit<{ tallies: readonly Tally[]; gathers: boolean }>(
    async (umbrella, causes) => {
      const parcel = parcelOf(
        umbrella,
        causes.flatMap(({ tallies }) => tallies),
      );
      if (routes.isRunning(umbrella) && !causes.some(({ gathers }) => gathers) && !routes.isHot(umbrella)) {
        if (await orLeave(parcel, () => placing.join(parcel), true)) return;
        routes.isGone(umbrella);
        throw new UmbrellaGone();
      }
      return deliver(parcel);
    },
    { items: 500, bytes: 400_000, bytesOf: ({ tallies }) => JSON.stringify(tallies).length },
  );

  /** The umbrella for a new cause, when it comes with too many others that have something in common with it. */
  const gathered = (cause: string, [first]: readonly Tally[]) => {
    // An attack or lost data has people of its own, whatever else is down at the time.
    if (!first || ['securityIncident', 'dataLoss'].includes(first.said?.type ?? '')) return undefined;
    return routes.gathering.add(cause, correlationsOf(first.alert, settings()), nowMs(), settings().umbrella);
  };

  /** Those that came first, before they could be known to belong together: they join unless somebody is at work on them. */
  const bringEarlier = async (umbrella: string, earlier: readonly string[]): Promise<void> => {
    const alone = earlier.filter((cause) => routes.umbrellaOf(cause) === undefined);
    for (const cause of alone) routes.belongs(cause, umbrella);
    await Promise.all(
      alone.map((cause) =>
        routes.goesByShard(cause)
          ? leave({ ...parcelOf(cause, []), under: umbrella })
          : placing.merge(cause, umbrella, newId()),
      ),
    );
  };

  /** Durably on its way when it returns; answers with the key of the crisis that it goes to. */
  const route = async (cause: string, tallies: readonly Tally[]): Promise<string> => {
    const opening = tallies.filter(opens);
    const isKnown = () => routes.umbrellaOf(cause) !== undefined || routes.isRunning(cause);
    if (opening.length > 0 && !isKnown()) await survey();
    const isNew = opening.length > 0 && !isKnown() && !routes.goesByShard(cause);
    const found = isNew ? gathered(cause, opening) : undefined;
    const umbrella = routes.umbrellaOf(cause) ?? (found && umbrellaKey(found.correlation));
    if (umbrella === undefined) {
      await deliver(parcelOf(cause, tallies));
      return cause;
    }
    const under = tallies.map((tally) => ({ ...tally, cause }));
    try {
      await attach(umbrella, { tallies: under, gathers: found !== undefined });
    } catch (error) {
      if (!(error instanceof UmbrellaGone)) throw error;
      routes.isOnItsOwn(cause);
      return route(cause, tallies);
    }
    routes.belongs(cause, umbrella);
    if (found) await bringEarlier(umbrella, found.earlier);
    return umbrella;
  };
  return route;
};

/** The umbrella has ended since; its causes are on their own again. */
class UmbrellaGone extends Error {
  override readonly name = 'UmbrellaGone';
}
