import { Context } from '@temporalio/activity';
import type { Parcel } from '../domain/intake/parcel.js';
import type { Activities } from './activities.js';

/** So many at once; the server starts some ninety crises a second at best. */
const atOnce = 8;

/**
 * Brings parcels to their crises side by side, and answers with the ids of those whose crisis has no room for more. A second
 * attempt passes over those that the first one had placed.
 */
export const createPlaceParcelsActivity = ({
  place,
}: {
  /** False when its crisis has no room. */
  place: (parcel: Parcel) => Promise<boolean>;
}): Pick<Activities, 'placeParcels'> => ({
  placeParcels: async (parcels) => {
    const context = Context.current();
    const placed: string[] = [...((context.info.heartbeatDetails as string[] | undefined) ?? [])];
    const left: string[] = [];
    const queue = parcels.filter(({ id }) => !placed.includes(id)).values();
    const worker = async () => {
      for (const parcel of queue) {
        ((await place(parcel)) ? placed : left).push(parcel.id);
        context.heartbeat(placed);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return left;
  },
});
