import {
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  patched,
  setHandler,
  startChild,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { parseCommand } from '../domain/command.js';
import { crisisWorkflowId, parseCrisisId } from '../domain/crisisId.js';
import type { Tally } from '../domain/event.js';
import { foldTallies } from '../domain/intake/tallies.js';
import { areWithin, countWithin, jsonBytesOf } from '../domain/portion.js';
import { attributes, crisisQuery, signalOf } from './messages.js';
import { releaseSignal, type ForwardingInput } from './shards.js';

/** When its cause has been silent for so long it ends, and the next alert opens a new crisis. */
const idleFor = '7 days';
/** Temporal takes two megabytes. */
const aMessage = { items: 500, bytes: 400_000, bytesOf: jsonBytesOf };

/**
 * Stands under the id of a crisis that has gone into another: what comes for its cause goes there. When the other one is
 * over, or a person has split the cause out again, the cause is on its own.
 */
export async function forwarding({ crisis, to, view, left }: ForwardingInput): Promise<void> {
  const other = parseCrisisId(to).correlationKey;
  let waiting: Tally[] = [...left];
  let released = false;
  const isReleased = (): boolean => released;
  setHandler(crisisQuery, () => ({ crisis, next: [], ...view }));
  setHandler(signalOf('alert'), (sent) => {
    const parsed = parseCommand('alert', sent);
    if ('command' in parsed && parsed.command.command === 'alert') waiting.push(...parsed.command.tallies);
  });
  setHandler(releaseSignal, () => void (released = true));
  // It is no crisis any more, and no list of crises shows it.
  upsertSearchAttributes([{ key: attributes.crisisId, value: null }]);

  while (!isReleased() && (await condition(() => waiting.length > 0 || isReleased(), idleFor))) {
    const folded = foldTallies(waiting.map((tally) => ({ cause: crisis.correlationKey, ...tally })));
    // Those from before this hand on all at once, however large, and go on for as long as Temporal lets them.
    const isCareful = patched('hands on as much as a message carries');
    const tallies = isCareful ? folded.slice(0, countWithin(folded, aMessage)) : folded;
    waiting = folded.slice(tallies.length);
    if (tallies.length === 0) continue;
    const input = { id: uuid4(), by: 'firebreak', via: 'intake', tallies };
    try {
      await getExternalWorkflowHandle(crisisWorkflowId(other)).signal(signalOf('alert'), input);
    } catch {
      // Nobody is there to take it: what waits opens a crisis of its own, once this has ended.
      waiting = [...tallies, ...waiting];
      break;
    }
    const isLong = workflowInfo().continueAsNewSuggested;
    if (isCareful && isLong && areWithin(waiting, aMessage) && !isReleased())
      return continueAsNew<typeof forwarding>({ crisis, to, view, left: waiting });
  }
  while (waiting.length > 0)
    await leaveToIntake(crisis.correlationKey, waiting.splice(0, countWithin(waiting, aMessage)));
}

const leaveToIntake = async (key: string, tallies: readonly Tally[]): Promise<void> => {
  const id = uuid4();
  await startChild('intakeShard', {
    workflowId: `intake:after-${id}`,
    args: [[{ id, key, tallies: tallies.map(({ cause: _cause, ...tally }) => tally) }]],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
};
