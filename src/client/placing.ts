import type { Tally } from '../domain/event.js';
import { opens, type Parcel } from '../domain/intake/parcel.js';
import { correlationOf } from '../domain/intake/umbrella.js';
import { jsonBytesOf } from '../domain/portion.js';
import type { AlertRecord } from '../domain/record.js';
import type { Settings } from '../domain/settings.js';
import { recordSignal, signalOf } from '../workflows/messages.js';
import { isMissing } from './faults.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import { crisisWorkflowId, intakeWorkflowId, restrictedIntakeWorkflowId } from './identity.js';
import { serviceOf } from './planning.js';
import { NoRoom, type Room } from './room.js';
import { openOrJoin, startOptions, worstOf, type Opening, type OpeningDeps } from './starting.js';
import { classificationOf } from './tallying.js';

type Deps = OpeningDeps & { room: Room };

/** Records that the first has no room for wait in another one; in which order they are kept is all the same. */
const recordLanesOf = (firstId: string): string[] => [
  firstId,
  ...Array.from({ length: 15 }, (_, i) => `${firstId}:${i + 2}`),
];

/** Brings parcels to their crises, each in one durable step. */
export const createPlacing = (deps: Deps) => {
  const { client, settings, taskQueue, room } = deps;

  /** Durably on record, whenever the database is there to take it. */
  const record = async (records: readonly AlertRecord[], firstId = intakeWorkflowId): Promise<void> => {
    const workflowId = await room.firstOf(recordLanesOf(firstId));
    await client.workflow.signalWithStart('intake', {
      ...startOptions,
      taskQueue,
      workflowId,
      args: [[]],
      signal: recordSignal,
      signalArgs: [records],
    });
    room.took(workflowId, jsonBytesOf(records));
  };

  /** What a crisis is given is no more than it can hold. */
  const withRoom = async <Answer>({ key, tallies }: Parcel, give: () => Promise<Answer>): Promise<Answer> => {
    const workflowId = crisisWorkflowId(key);
    await room.mustHave(workflowId);
    const answer = await give();
    room.took(workflowId, jsonBytesOf(tallies));
    return answer;
  };

  /** To the crisis that runs; false when none does. Throws NoRoom when it has more than it can take. */
  const join = ({ id, key, tallies }: Parcel): Promise<boolean> =>
    withRoom({ id, key, tallies }, () => {
      const input = { id, by: 'firebreak', via: 'intake', tallies };
      return sent(() => client.workflow.getHandle(crisisWorkflowId(key)).signal(signalOf('alert'), input));
    });

  /** Asks a crisis to go into another unless somebody is at work on it; false when there is none. */
  const merge = async (key: string, into: string, id: string): Promise<boolean> => {
    const input = { id, by: 'firebreak', via: 'intake', into, unlessAnswered: true };
    return sent(() => client.workflow.getHandle(crisisWorkflowId(key)).signal(signalOf('merge'), input));
  };

  /** What belongs to an umbrella by now goes there, with its crisis if that has begun meanwhile. */
  const placeUnder = async ({ id, key, tallies }: Parcel, under: string): Promise<void> => {
    const own = tallies.length > 0 && (await join({ id, key, tallies }));
    if ((await merge(key, under, `${id}/merge`)) || own || tallies.length === 0) return;
    await place({ id, key: under, tallies: tallies.map((tally) => ({ ...tally, cause: key })) });
  };

  /** Opens the crisis or joins it; with nothing in it that opens one, it joins or is recorded. Throws NoRoom as `join` does. */
  const place = async (parcel: Parcel): Promise<void> => {
    if (parcel.under !== undefined) return placeUnder(parcel, parcel.under);
    const opening = parcel.tallies.filter(opens);
    if (opening.length > 0) {
      await withRoom(parcel, () => openOrJoin(deps, openingOf(settings(), parcel, opening)));
    } else if (!(await join(parcel))) {
      await record(...recordedAs(parcel));
    }
  };

  /** False when there is no room for it now. */
  const placeIfRoom = async (parcel: Parcel): Promise<boolean> => {
    try {
      await place(parcel);
      return true;
    } catch (error) {
      if (error instanceof NoRoom) return false;
      throw error;
    }
  };

  return { record, join, merge, place, placeIfRoom };
};

/** Whether there was somebody to take it. */
const sent = async (send: () => Promise<void>): Promise<boolean> => {
  try {
    await send();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

/** What comes late for a restricted crisis is kept as encrypted, and for the same people, as the crisis. */
const recordedAs = ({ key, tallies }: Parcel): [records: AlertRecord[], workflowId?: string] =>
  isRestrictedKey(key)
    ? [tallies.flatMap(recordsOf).map((record) => ({ ...record, crisisId: key })), restrictedIntakeWorkflowId]
    : [tallies.flatMap(recordsOf)];

/** One record, or several where alerts count once by their ids: each is known by its own when it comes again. */
const recordsOf = (tally: Tally): AlertRecord[] => {
  const { alert, also = [], count, lastAt } = tally;
  const classification = classificationOf(tally);
  const further = also.map((id) => ({ id, alert: { ...alert, id }, count: 1, lastAt, classification }));
  return [{ id: alert.id, alert, count: count - also.length, lastAt, classification }, ...further];
};

/** With what a parcel opens its crisis: the worst of it says what kind of crisis it is. */
export const openingOf = (settings: Settings, { id, key, tallies }: Parcel, opening: readonly Tally[]): Opening => {
  const correlation = correlationOf(key);
  const classification = worstOf(opening.map(classificationOf));
  const worst = opening.find(({ said }) => said?.rule === classification.rule) ?? opening[0];
  const alert = (worst ?? tallies[0]!).alert;
  const service = serviceOf(settings, alert.service)?.id ?? alert.service;
  return {
    correlationKey: key,
    title: correlation
      ? `Many causes at once in the same ${correlation.kind}, ${correlation.value}; the worst so far: ${alert.summary}`
      : alert.summary,
    by: alert.by ?? `${alert.format} (${alert.detection})`,
    service: correlation?.kind === 'dependency' ? correlation.value : service,
    ...(correlation && { correlation }),
    classification,
    tallies,
    signalId: id,
  };
};
