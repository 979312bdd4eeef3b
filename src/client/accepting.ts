import type { Client } from '@temporalio/client';
import type { Alert } from '../domain/alert.js';
import { classify } from '../domain/classification.js';
import { enrich } from '../domain/enrich.js';
import type { Settings } from '../domain/settings.js';
import type { AlertRecord } from '../domain/record.js';
import { recordSignal, signalOf } from '../workflows/messages.js';
import { isMissing, translate } from './faults.js';
import type { Accepted } from './firebreak.js';
import { createGroupCommit } from './groupCommit.js';
import { crisisWorkflowId, intakeWorkflowId, slug } from './identity.js';
import { rulesOf, serviceOf } from './planning.js';
import { openOrJoin, startOptions, worstOf } from './starting.js';
import { tally, type Classified } from './tallying.js';

type Deps = { client: Client; settings: () => Settings; taskQueue: string; now: () => Date; newId: () => string };

/** One message carries at most so many alerts; Temporal takes two megabytes. */
const alertsPerMessage = 200;

/** The cause an alert belongs to: the correlation key of its service, else what the sender calls it. */
export const correlationKeyOf = (settings: Settings, alert: Alert): string => {
  const known = serviceOf(settings, alert.service);
  return known?.service.correlationKey ?? known?.id ?? slug(alert.service ?? alert.dedupKey);
};

/** Takes alerts: each is classified and, before it is answered, durably with its crisis or on record. */
export const createAccept = (deps: Deps) => {
  const { client, settings, taskQueue, newId } = deps;

  const onRecord = async (items: readonly Classified[]): Promise<void> => {
    const records: AlertRecord[] = items.map(({ alert, classification }) => ({
      id: alert.id,
      alert,
      count: 1,
      lastAt: alert.receivedAt,
      classification,
    }));
    await client.workflow.signalWithStart('intake', {
      ...startOptions,
      taskQueue,
      workflowId: intakeWorkflowId,
      args: [[]],
      signal: recordSignal,
      signalArgs: [records],
    });
  };

  const joinOrRecord = async (correlationKey: string, items: readonly Classified[]): Promise<void> => {
    try {
      const input = { id: newId(), by: 'firebreak', via: 'intake', tallies: tally(items) };
      await client.workflow.getHandle(crisisWorkflowId(correlationKey)).signal(signalOf('alert'), input);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await onRecord(items);
    }
  };

  const send = async (lane: string, items: readonly Classified[]): Promise<void> => {
    const opening = items.filter(opens);
    const [first] = opening;
    if (!first) return joinOrRecord(lane, items);
    const classification = worstOf(opening.map((item) => item.classification));
    const title = (opening.find((item) => item.classification === classification) ?? first).alert;
    const service = serviceOf(settings(), title.service)?.id ?? title.service;
    const by = title.by ?? `${title.format} (${title.detection})`;
    await openOrJoin(deps, {
      correlationKey: lane,
      title: title.summary,
      by,
      service,
      classification,
      tallies: tally(items),
      signalId: newId(),
    });
  };

  const commit = createGroupCommit<Classified>(send, alertsPerMessage);

  const acceptOne = async (received: Alert): Promise<Accepted> => {
    const alert = enrich(received, settings());
    const classification = classify(alert.facts, rulesOf(settings()));
    const lane = correlationKeyOf(settings(), alert);
    const item = { alert, classification };
    try {
      await commit(lane, item);
    } catch (error) {
      throw translate(error, lane);
    }
    const outcome = !opens(item) ? 'recorded' : classification.severity === 'P2' ? 'watch' : 'crisis';
    return {
      alertId: alert.id,
      classification,
      outcome,
      ...(outcome !== 'recorded' && { workflowId: crisisWorkflowId(lane) }),
    };
  };

  return (alerts: readonly Alert[]): Promise<Accepted[]> => Promise.all(alerts.map(acceptOne));
};

/** P3 is recorded, and so is what says that something is over; both join a crisis that already runs. */
const opens = ({ alert, classification }: Classified): boolean =>
  alert.status === 'firing' && classification.severity !== 'P3';
