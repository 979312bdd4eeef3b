import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Classification } from '../domain/classification.js';
import type { Tally } from '../domain/event.js';
import { worse } from '../domain/severity.js';
import type { Settings } from '../domain/settings.js';
import { attributes, signalOf, type CrisisInput } from '../workflows/messages.js';
import { crisisWorkflowId, makeCrisisId } from './identity.js';
import { planFor, serviceOf } from './planning.js';

/**
 * A killed worker's tasks are handed on after these two seconds instead of Temporal's ten; measured to make escalations
 * ten times less late (docs/decisions/0004-timeouts.md).
 */
export const startOptions = { workflowTaskTimeout: '2s' } as const;

export type Opening = {
  correlationKey: string;
  title: string;
  by: string;
  service: string | undefined;
  classification: Classification;
  tallies: readonly Tally[];
  signalId: string;
};

type Deps = { client: Client; settings: () => Settings; taskQueue: string; now: () => Date; newId: () => string };

/** Opens a crisis or joins the one that runs for the same cause, in one step that no crash can split. */
export const openOrJoin = async (
  { client, settings, taskQueue, now, newId }: Deps,
  opening: Opening,
): Promise<{ workflowId: string; crisisId: string }> => {
  const { correlationKey, classification, tallies, title, by, signalId } = opening;
  const at = now();
  const plan = planFor(settings(), opening.service, classification, at.getTime());
  const crisisId = makeCrisisId(correlationKey, at, newId());
  const workflowId = crisisWorkflowId(correlationKey);
  const crisisType = plan.playbook.type;
  const startedAt = Math.min(...tallies.map(({ alert }) => alert.startedAt ?? alert.receivedAt), at.getTime());
  const input: CrisisInput = {
    declaration: {
      crisisId,
      correlationKey,
      crisisType,
      mode: 'live',
      title,
      services: servicesOf(settings(), opening),
      by,
      startedAt,
      classification,
      tallies,
    },
    openedBy: signalId,
    plan,
  };
  await client.workflow.signalWithStart(crisisType, {
    ...startOptions,
    taskQueue,
    workflowId,
    args: [input],
    signal: signalOf('alert'),
    signalArgs: [{ id: signalId, by, via: 'intake', tallies }],
    staticSummary: `${classification.severity} ${title}`.slice(0, 200),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: attributes.crisisId, value: crisisId },
      { key: attributes.type, value: crisisType },
      { key: attributes.severity, value: classification.severity },
      { key: attributes.status, value: 'triggered' },
      { key: attributes.phase, value: plan.playbook.phases[0]?.id ?? '' },
      { key: attributes.service, value: plan.service.id },
      { key: attributes.mode, value: 'live' },
    ]),
  });
  return { workflowId, crisisId };
};

const servicesOf = (settings: Settings, { service, tallies }: Opening): string[] => {
  const named = [service, ...tallies.map(({ alert }) => alert.service)].flatMap((name) =>
    name === undefined ? [] : [serviceOf(settings, name)?.id ?? name],
  );
  return [...new Set(named)].slice(0, 100);
};

/** Of several classifications the worst one opens the crisis. */
export const worstOf = (classifications: readonly Classification[]): Classification =>
  classifications.reduce((a, b) => (worse(a.severity, b.severity) === a.severity ? a : b));
