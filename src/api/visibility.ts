import type { FastifyRequest } from 'fastify';
import { NoSuchCrisis } from '../client/firebreak.js';
import type { Crisis } from '../domain/crisis.js';
import { isRestrictedKey, unnamedCrisis } from '../domain/crisisId.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Api, Context } from './parts.js';
import { liveOrStored } from './reading.js';

/** Whether a crisis may be seen by a proven person; an open one by everybody. */
export const maySee = ({ restricted }: Pick<Crisis, 'restricted'>, seer: string | undefined): boolean =>
  restricted === undefined ||
  (seer !== undefined && restricted.named.includes(seer) && !restricted.dismissed.includes(seer));

/** Who asks, as proven by a key; what somebody only says of herself shows her nothing. */
export const seerOf = ({ actor }: FastifyRequest): string | undefined =>
  actor?.holder.kind === 'person' ? actor.holder.id : undefined;

/** The same by its id or key, which says by itself whether anything is restricted. */
export const maySeeIt = async (context: Context, idOrKey: string, seer: string | undefined): Promise<boolean> => {
  if (!isRestrictedKey(idOrKey)) return true;
  if (seer === undefined) return false;
  const crisis = await liveOrStored(
    context,
    async () => (await context.firebreak.view(idOrKey)).crisis,
    async (store) => (await store.crisis(idOrKey))?.crisis,
  ).catch(() => undefined);
  return crisis?.restricted !== undefined && maySee(crisis, seer);
};

/** Of things that belong to crises those that a person may see; each crisis is asked once. */
export const onlySeen = async <Thing extends { crisisId?: string }>(
  context: Context,
  things: readonly Thing[],
  seer: string | undefined,
): Promise<Thing[]> => {
  const ids = [...new Set(things.map(({ crisisId = '' }) => crisisId))];
  const seen = new Map(await Promise.all(ids.map(async (id) => [id, await maySeeIt(context, id, seer)] as const)));
  return things.filter(({ crisisId = '' }) => seen.get(crisisId));
};

type Pointing = { to: string };

/** What points to another crisis, without the code name of one that this person may not see. */
const pointing = async <Thing extends Pointing>(
  context: Context,
  thing: Thing,
  seer: string | undefined,
): Promise<Thing> => ((await maySeeIt(context, thing.to, seer)) ? thing : { ...thing, to: unnamedCrisis });

/** A crisis as a person may see it: it may be linked with one that they may not. */
export const asSeen = async (context: Context, crisis: Crisis, seer: string | undefined): Promise<Crisis> => ({
  ...crisis,
  links: await Promise.all(crisis.links.map((link) => pointing(context, link, seer))),
});

/** The same of its timeline. */
export const eventsAsSeen = (context: Context, events: readonly NumberedEvent[], seer: string | undefined) =>
  Promise.all(
    events.map(async ({ seq, event }): Promise<NumberedEvent> => ({
      seq,
      event: event.type === 'linked' ? await pointing(context, event, seer) : event,
    })),
  );

/** To whom a restricted crisis does not name it looks as if there were none, whatever is asked of it. */
export const hideRestricted = (app: Api, context: Context): void => {
  app.addHook('preHandler', async (request) => {
    const { id } = (request.params ?? {}) as { id?: string };
    if (id === undefined || (await maySeeIt(context, id, seerOf(request)))) return;
    throw new NoSuchCrisis(`there is no crisis "${id}"`);
  });
};
