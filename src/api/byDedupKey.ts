import { Unreachable, type View } from '../client/firebreak.js';
import type { Alert } from '../domain/alert.js';
import type { Acknowledgement } from '../intake/parsed.js';
import type { Context } from './parts.js';
import { maySee } from './visibility.js';
import { within } from './within.js';

const atOnce = 10;

/** The running crises that hold an alert of this key. Throws Unreachable when none is found and some did not answer. */
const crisesHolding = async ({ firebreak, answerWithinMs }: Context, dedupKey: string): Promise<View[]> => {
  const running = await firebreak.running();
  const holding: View[] = [];
  let silent = 0;
  for (let from = 0; from < running.length; from += atOnce) {
    const asked = running
      .slice(from, from + atOnce)
      .map(({ crisisId }) => within(firebreak.view(crisisId), answerWithinMs));
    for (const answer of await Promise.allSettled(asked))
      if (answer.status === 'rejected') silent++;
      else if (Object.hasOwn(answer.value.crisis.alerts, dedupKey)) holding.push(answer.value);
  }
  if (holding.length === 0 && silent > 0)
    throw new Unreachable(`${silent} running crises do not answer, so nobody can say which one holds ${dedupKey}`);
  return holding;
};

/**
 * Acknowledges every running crisis that holds the alert; answers with their ids. A restricted one is for those it names:
 * whoever can send alerts could silence it otherwise, and learn that there is one.
 */
export const acknowledgeByKey = async (context: Context, { dedupKey, by }: Acknowledgement): Promise<string[]> => {
  const crises = await crisesHolding(context, dedupKey);
  const ids = crises.filter(({ crisis }) => maySee(crisis, undefined)).map(({ crisis }) => crisis.crisisId);
  for (const crisisId of ids) {
    await context.firebreak.command(crisisId, 'acknowledge', { id: context.newId(), by, via: 'pagerduty' });
    context.counters.add('firebreak_commands_total', { command: 'acknowledge', outcome: 'done' });
  }
  return ids;
};

/**
 * A resolve of PagerDuty may carry only its key, and must reach the crisis that its trigger opened: it is told which
 * service that crisis is about. Other senders repeat their labels. Where nobody answers it goes on as it came.
 */
export const placeResolved = async (context: Context, alert: Alert): Promise<Alert> => {
  if (alert.format !== 'pagerduty' || alert.status !== 'resolved' || alert.service !== undefined) return alert;
  const holding = await crisesHolding(context, alert.dedupKey).catch((error: unknown) => {
    context.logger?.warn({ err: error }, 'could not look for the crisis of a resolved alert');
    return [];
  });
  const service = holding[0]?.crisis.services[0];
  return service === undefined ? alert : { ...alert, service };
};
