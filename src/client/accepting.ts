import type { Client } from '@temporalio/client';
import type { Alert } from '../domain/alert.js';
import type { Tally } from '../domain/event.js';
import { hiddenBy } from '../domain/intake/hiding.js';
import { opens } from '../domain/intake/parcel.js';
import { receive } from '../domain/intake/receiving.js';
import type { AlertRecord } from '../domain/record.js';
import type { Settings } from '../domain/settings.js';
import { translate } from './faults.js';
import type { Accepted } from './firebreak.js';
import { createGroupCommit } from './groupCommit.js';
import { crisisWorkflowId, slug } from './identity.js';
import { createPlacing } from './placing.js';
import { rulesOf, serviceOf } from './planning.js';
import { createRouting } from './routing.js';
import { bytesOf, tallyOf } from './tallying.js';

type Deps = { client: Client; settings: () => Settings; taskQueue: string; now: () => Date; newId: () => string };

/** One message carries at most so many alerts, and so many bytes of them; Temporal takes two megabytes. */
const alertsPerMessage = 500;
const bytesPerMessage = 400_000;

/** The cause an alert belongs to: the correlation key of its service, else what the sender calls it. */
export const correlationKeyOf = (settings: Settings, alert: Alert): string => {
  const known = serviceOf(settings, alert.service);
  return known?.service.correlationKey ?? known?.id ?? slug(alert.service ?? alert.dedupKey);
};

/** Takes alerts: each is classified and, before it is answered, durably with its crisis, on its way there, or on record. */
export const createAccept = (deps: Deps) => {
  const { settings, now } = deps;
  const placing = createPlacing(deps);
  const route = createRouting(deps, placing);

  const commit = createGroupCommit<Tally>(
    async (cause, tallies) => {
      const umbrella = await route(cause, tallies);
      for (const { alert } of tallies) wentTo.set(alert, umbrella);
    },
    { items: alertsPerMessage, bytes: bytesPerMessage, bytesOf: ({ alert }) => bytesOf(alert) },
  );
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
    const cause = correlationKeyOf(settings(), alert);
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
