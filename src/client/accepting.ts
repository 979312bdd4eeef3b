import type { Alert } from '../domain/alert.js';
import type { Tally } from '../domain/event.js';
import type { Classification } from '../domain/classification.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import { hiddenBy } from '../domain/intake/hiding.js';
import { opens } from '../domain/intake/parcel.js';
import { foldTallies } from '../domain/intake/tallies.js';
import { receive } from '../domain/intake/receiving.js';
import type { AlertRecord } from '../domain/record.js';
import type { Settings } from '../domain/settings.js';
import { translate } from './faults.js';
import type { Accepted } from './firebreak.js';
import { createGroupCommit } from './groupCommit.js';
import { crisisWorkflowId, slug } from './identity.js';
import type { OpaqueKey } from './restricting.js';
import { createPlacing } from './placing.js';
import { rulesOf, serviceOf } from './planning.js';
import { createRoom } from './room.js';
import { createRouting } from './routing.js';
import type { OpeningDeps } from './starting.js';
import { bytesOf, tallyOf } from './tallying.js';

type Deps = OpeningDeps & { opaqueKey: OpaqueKey };

/** One message carries at most so many alerts, and so many bytes of them; Temporal takes two megabytes. */
const alertsPerMessage = 500;
const bytesPerMessage = 400_000;

/** The cause an alert belongs to: the correlation key of its service, else what the sender calls it. */
export const correlationKeyOf = (settings: Settings, alert: Alert): string => {
  const known = serviceOf(settings, alert.service);
  return known?.service.correlationKey ?? known?.id ?? slug(alert.service ?? alert.dedupKey);
};

/** The key under which an alert finds its crisis: what is restricted has another one than an outage of the same service. */
export const causeOf = ({ settings, opaqueKey }: Pick<Deps, 'settings' | 'opaqueKey'>, alert: Alert, said: Said) => {
  const cause = correlationKeyOf(settings(), alert);
  const isApart = said.type === 'securityIncident' && ['P0', 'P1'].includes(said.severity);
  return isApart ? opaqueKey(cause) : cause;
};
type Said = Pick<Classification, 'type' | 'severity'>;

/** Takes alerts: each is classified and, before it is answered, durably with its crisis, on its way there, or on record. */
export const createAccept = (deps: Deps) => {
  const { settings, now } = deps;
  const within = { ...deps, room: createRoom(deps.client, () => now().getTime()) };
  const placing = createPlacing(within);
  const route = createRouting(within, placing);

  const commit = createGroupCommit<Tally>(
    async (cause, tallies) => {
      const umbrella = isRestrictedKey(cause) ? await placeApart(cause, tallies) : await route(cause, tallies);
      for (const { alert } of tallies) wentTo.set(alert, umbrella);
    },
    { items: alertsPerMessage, bytes: bytesPerMessage, bytesOf: ({ alert }) => bytesOf(alert) },
  );
  /** An attack goes straight to its own crisis: under no umbrella, through nobody's hands, in no shared message. */
  const placeApart = async (key: string, tallies: readonly Tally[]): Promise<string> => {
    await placing.place({ id: deps.newId(), key, tallies: foldTallies(tallies) });
    return key;
  };

  /** Under which key an alert has found its crisis, until it is answered. */
  const wentTo = new WeakMap<Alert, string>();

  const hide = createGroupCommit<AlertRecord>((_, records) => placing.record(records), {
    items: alertsPerMessage,
    bytes: bytesPerMessage,
    bytesOf: ({ alert }) => bytesOf(alert),
  });

  const acceptOne = async (received: Alert): Promise<Accepted> => {
    const { alert, classification } = receive(received, settings().facts, rulesOf(settings()));
    const tally = tallyOf(alert, classification);
    const cause = causeOf(deps, alert, classification);
    const hidden = opens(tally) ? hiddenBy(settings(), alert, now().getTime()) : undefined;
    try {
      if (hidden !== undefined) {
        const said = { ...classification, ...hidden };
        await hide('hidden', { id: alert.id, alert, count: 1, lastAt: alert.receivedAt, classification: said });
        return { alertId: alert.id, classification: said, outcome: 'recorded' };
      }
      await commit(cause, tally);
    } catch (error) {
      throw translate(error, cause);
    }
    if (!opens(tally)) return { alertId: alert.id, classification, outcome: 'recorded' };
    return {
      alertId: alert.id,
      classification,
      outcome: classification.severity === 'P2' ? 'watch' : 'crisis',
      workflowId: crisisWorkflowId(wentTo.get(alert) ?? cause),
    };
  };

  return (alerts: readonly Alert[]): Promise<Accepted[]> => Promise.all(alerts.map(acceptOne));
};
