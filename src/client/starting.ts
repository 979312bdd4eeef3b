import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Classification } from '../domain/classification.js';
import type { Declaration } from '../domain/engine/occasion.js';
import type { Tally } from '../domain/event.js';
import { isRestrictedKey, restrictedPrefix } from '../domain/crisisId.js';
import { worse } from '../domain/severity.js';
import type { Correlation } from '../domain/intake/umbrella.js';
import type { Plan } from '../domain/plan.js';
import type { Settings } from '../domain/settings.js';
import { attributes, signalOf, type CrisisInput } from '../workflows/messages.js';
import { endedLately } from './following.js';
import { crisisWorkflowId, makeCrisisId } from './identity.js';
import { changedPlan, planFor, serviceOf } from './planning.js';

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
  /** What the causes of an umbrella have in common. */
  correlation?: Correlation;
  /** Crises that this one has to do with from its first moment. */
  links?: Declaration['links'];
};

/** What it takes to open a crisis, and to bring alerts to one. */
export type OpeningDeps = {
  client: Client;
  settings: () => Settings;
  taskQueue: string;
  now: () => Date;
  newId: () => string;
};

/** What a restricted crisis is called outside is what its key says. */
const restrictedAs = (correlationKey: string, { restricted }: Plan): Pick<Declaration, 'restricted'> =>
  restricted && isRestrictedKey(correlationKey)
    ? { restricted: { codeName: correlationKey.slice(restrictedPrefix.length), named: restricted.people } }
    : {};

/** Opens a crisis or joins the one that runs for the same cause, in one step that no crash can split. */
export const openOrJoin = async (
  deps: OpeningDeps,
  opening: Opening,
): Promise<{ workflowId: string; crisisId: string }> => {
  const { client, settings, taskQueue, now, newId } = deps;
  const { correlationKey, classification, tallies, title, by, signalId } = opening;
  const earlier = await endedLately(deps, correlationKey);
  const links = [...(opening.links ?? []), ...(earlier === undefined ? [] : [{ to: earlier, relation: 'follows' }])];
  const at = now();
  const plan = planOf(settings(), opening, at.getTime());
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
      ...(links.length > 0 && { links }),
      ...restrictedAs(correlationKey, plan),
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
      ...(isRestrictedKey(correlationKey) ? [] : [{ key: attributes.service, value: plan.service.id }]),
      { key: attributes.mode, value: 'live' },
    ]),
  });
  return { workflowId, crisisId };
};

/** What helps one service is not done to a whole region: an umbrella has its people, and leaves the systems to them. */
const planOf = (settings: Settings, { service, classification, correlation }: Opening, atMs: number): Plan => {
  const plan = planFor(settings, service, classification, atMs);
  if (!correlation || correlation.kind === 'dependency') return plan;
  const name = `${correlation.kind} ${correlation.value}`;
  return changedPlan(plan, {
    service: { id: correlation.value, name, team: plan.service.team },
    slots: {},
    monitoring: { actions: [], probes: [] },
  });
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
