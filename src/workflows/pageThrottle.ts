import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { admit, type ThrottleState } from '../domain/throttle.js';
import { admitUpdate } from './throttling.js';

/** With nobody asking for so long it ends; what it forgets by that lets a page out by itself. */
const idleFor = '1 hour';
/** The server takes 2,000 updates of one execution. */
const updatesPerRun = 500;

/** What one person is paged, over all crises: it says of each page whether it goes alone or in a bundle, and sends nothing. */
export async function pageThrottle(carried: ThrottleState = {}): Promise<void> {
  let state = carried;
  let updates = 0;
  setHandler(admitUpdate, ({ pages, rules }) => {
    updates++;
    return pages.map((page) => {
      const { admission, state: next } = admit(state, page, rules, Date.now());
      state = next;
      return admission;
    });
  });
  for (let seen = -1; seen !== updates;) {
    seen = updates;
    const wantsNewRun = () => updates >= updatesPerRun || workflowInfo().continueAsNewSuggested;
    if (!(await condition(wantsNewRun, idleFor))) continue;
    await condition(allHandlersFinished);
    return continueAsNew<typeof pageThrottle>(state);
  }
}
