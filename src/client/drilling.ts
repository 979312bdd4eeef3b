import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Command } from '../domain/command.js';
import { opens } from '../domain/intake/parcel.js';
import type { MomentOf, Scenario } from '../domain/scenario.js';
import { receivedOf, tallyOf } from '../domain/scenario/alerting.js';
import { boundPlan, boundSettings } from '../domain/scenario/bounds.js';
import { scalePlan } from '../domain/scenario/scale.js';
import type { Settings } from '../domain/settings.js';
import type { SigningKeys } from '../domain/signedCommand.js';
import { attributes, signalOf, updateOf, type CrisisInput } from '../workflows/messages.js';
import { isMissing, isTooSlow, translate } from './faults.js';
import { CommandRefused, NoSuchCrisis } from './firebreak.js';
import { crisisWorkflowId, drillPrefix, makeCrisisId } from './identity.js';
import { changedPlan, planFor, rulesOf } from './planning.js';
import { createSigning } from './signing.js';
import { startOptions } from './starting.js';

/** The task queue that only the worker of this drill polls. */
export const drillQueueOf = (drillId: string): string => `firebreak-drill:${drillId}`;

type Run = { drillId: string; scenario: Scenario; scale: number };
type Deps = { client: Client; settings: () => Settings; now: () => Date; signing: SigningKeys };

const answerWithinMs = 2_000;

/** Never the key of a live cause: a colon stands in none of those. */
const keyOf = ({ drillId, scenario }: Run, settings: Settings): string =>
  `${drillPrefix}${drillId}:${settings.services[scenario.service]?.correlationKey ?? scenario.service}`;

/** Opens the crises of a drill and acts in them, as intake and people do with live ones; it can reach no other. */
export const createDrilling = ({ client, settings, now, signing }: Deps) => {
  const sign = createSigning({ keys: signing, now });
  const planOf = (run: Run, classification: Parameters<typeof planFor>[2], atMs: number) => {
    const plan = scalePlan(
      boundPlan(planFor(boundSettings(settings(), run.scenario), run.scenario.service, classification, atMs)),
      run.scale,
    );
    return changedPlan(plan, {});
  };

  const alert = async (run: Run, moment: MomentOf<'alert'>, nth: number): Promise<{ crisisId: string }> => {
    const { drillId, scenario } = run;
    const at = now();
    const key = keyOf(run, settings());
    const received = { id: `${drillId}/${nth}`, at: at.getTime() };
    const intake = { facts: settings().facts, rules: rulesOf(settings()) };
    const { alert: said, classification } = receivedOf(scenario, moment, received, intake);
    const tallies = [tallyOf(said, moment.alert.count, classification)];
    const signal = { id: said.id, by: 'scenario', via: 'intake', tallies };
    // The same on a second attempt, so that an alert sent twice still opens one crisis.
    const crisisId = makeCrisisId(key, at, String(nth).padStart(5, '0'));
    if (!tallies.some(opens)) {
      await client.workflow
        .getHandle(crisisWorkflowId(key))
        .signal(signalOf('alert'), signal)
        .catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        });
      return { crisisId };
    }
    const plan = planOf(run, classification, at.getTime());
    const { type } = plan.playbook;
    const input: CrisisInput = {
      declaration: {
        crisisId,
        correlationKey: key,
        crisisType: type,
        mode: 'drill',
        title: said.summary,
        services: [scenario.service],
        by: 'scenario',
        startedAt: at.getTime(),
        classification,
        tallies,
      },
      openedBy: signal.id,
      plan,
    };
    await client.workflow.signalWithStart(type, {
      ...startOptions,
      taskQueue: drillQueueOf(drillId),
      workflowId: crisisWorkflowId(key),
      args: [input],
      signal: signalOf('alert'),
      signalArgs: [signal],
      staticSummary: `[DRILL] ${classification.severity} ${said.summary}`.slice(0, 200),
      typedSearchAttributes: new TypedSearchAttributes([
        { key: attributes.crisisId, value: crisisId },
        { key: attributes.type, value: type },
        { key: attributes.severity, value: classification.severity },
        { key: attributes.status, value: 'triggered' },
        { key: attributes.phase, value: plan.playbook.phases[0]?.id ?? '' },
        { key: attributes.service, value: plan.service.id },
        { key: attributes.mode, value: 'drill' },
      ]),
    });
    return { crisisId };
  };

  /** Answers with the reason when it is refused. While the drill's worker is away it is left as a signal. */
  const command = async (run: Run, { command: name, ...input }: Command, id: string): Promise<string | undefined> => {
    const handle = client.workflow.getHandle(crisisWorkflowId(keyOf(run, settings())));
    // Whoever a scenario names is taken to be there in person; in a drill's own crisis alone.
    const actor = { kind: 'person', id: input.by, key: `drill ${run.drillId}` } as const;
    const sent = await sign({ handle, crisisId: undefined, name, sent: { ...input, id } }, actor).catch(
      (error: unknown) => {
        if (isMissing(error)) return { ...input, id };
        throw error;
      },
    );
    try {
      await client.withDeadline(Date.now() + answerWithinMs, () =>
        handle.executeUpdate(updateOf(name), { args: [sent], updateId: id }),
      );
      return undefined;
    } catch (error) {
      if (!isTooSlow(error)) {
        const meant = translate(error, run.drillId);
        if (meant instanceof CommandRefused || meant instanceof NoSuchCrisis) return meant.message;
        throw meant;
      }
    }
    await handle.signal(signalOf(name), sent);
    return undefined;
  };

  return { alert, command };
};
