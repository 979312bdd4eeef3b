import { CancellationScope, getExternalWorkflowHandle, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Effect, Outcome, TellEffect } from '../domain/effect.js';
import { lookingUp, opening, paging, running, telling } from './acts.js';
import { paceSignal } from './messages.js';
import { sendTo } from './sending.js';

type Performed = Exclude<Effect, { kind: 'cancel' | 'archive' }>;

/** Makes an activity of an effect. It never rejects: what became of it is its outcome. */
const perform = async (effect: Performed): Promise<Outcome> => {
  try {
    switch (effect.kind) {
      case 'page':
        return { of: effect, page: await paging(`page ${effect.person} by ${effect.channel}`).page(effect) };
      case 'tell':
        return { of: effect, tell: await telling(`tell ${effect.audienceId}: ${effect.template}`).tell(effect) };
      case 'run':
        return {
          of: effect,
          run: await running(`${effect.purpose} ${effect.actionId}`, effect.action.timeoutMs).runAction(effect),
        };
      case 'lookUp':
        return { of: effect, roster: await lookingUp.lookUp(effect.team) };
      case 'open':
        return { of: effect, opened: await opening.openCause(effect) };
      case 'send':
        staysInDrill();
        await sendTo(effect);
        return { of: effect };
      case 'pace':
        if (effect.services.length > 0) staysInDrill();
        await Promise.all(
          effect.services.map((service) =>
            getExternalWorkflowHandle(`probe:${service}`).signal(paceSignal, effect.pace),
          ),
        );
        return { of: effect };
    }
  } catch (error) {
    return { of: effect, error: inWords(error), cancelled: isCancellation(error) } as Outcome;
  }
};

/** Makes one activity of all messages of one decision: what each of them would cost a history is paid once. */
const tellTogether = async (effects: readonly TellEffect[]): Promise<readonly Outcome[]> => {
  const audiences = effects.map(({ audienceId }) => audienceId).join(', ');
  try {
    const told = await telling(`tell ${audiences}`).tellAll(effects);
    return effects.map((of, i) => ({ of, ...(told[i] && { tell: told[i] }) }));
  } catch (error) {
    return effects.map((of) => ({ of, error: inWords(error), cancelled: isCancellation(error) }));
  }
};

/** A drill touches no workflow but its own. */
const staysInDrill = (): void => {
  if (workflowInfo().workflowId.startsWith('drill:'))
    throw new Error('refused by the drill: it would reach a live one');
};

/** The innermost reason; Temporal wraps it in what it was doing. */
const inWords = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? (error instanceof Error ? error.message : String(error)) : inWords(cause);
};

/** Effects under way, each of which can be called off by its key. */
export const createEffects = (report: (outcome: Outcome) => void) => {
  const underWay = new Map<string, { scope: CancellationScope; effect: Performed }>();

  const start = (effect: Performed): void => {
    const scope = new CancellationScope();
    underWay.set(effect.key, { scope, effect });
    void scope
      .run(() => perform(effect))
      .then((outcome) => {
        underWay.delete(effect.key);
        report(outcome);
      });
  };

  return {
    start,
    /** Messages are never called off, so these need only one scope. */
    tell: (effects: readonly TellEffect[]): void => {
      const scope = new CancellationScope();
      for (const effect of effects) underWay.set(effect.key, { scope, effect });
      void scope
        .run(() => tellTogether(effects))
        .then((outcomes) => {
          for (const { key } of effects) underWay.delete(key);
          for (const outcome of outcomes) report(outcome);
        });
    },
    cancel: (keys: readonly string[]) => {
      for (const key of keys) underWay.get(key)?.scope.cancel();
    },
    count: () => underWay.size,
    /** Whether something is under way that will be over in a moment; an action may take hours. */
    areBrief: () => [...underWay.values()].some(({ effect }) => effect.kind !== 'run'),
  };
};
