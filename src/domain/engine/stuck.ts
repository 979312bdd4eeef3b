import { record, type Decision } from './decision.js';
import { tellRung } from './management.js';
import { openEngagement } from './paging.js';

/** A procedure that cannot go on by itself, and says who must know: they are called, management hears. */
export const callForHelp = (d: Decision, id: string, reason: string): void => {
  const { title, whenStuck } = d.plan.playbook.procedures[id] ?? {};
  if (!whenStuck) return;
  const asked = `${title ?? id} needs a person: ${reason}`;
  tellRung(d, whenStuck.tellsRung, asked, 'A procedure needs a person');
  openEngagement(d, `procedure:${id}:${d.crisis.seq}`, asked, [{ afterMs: 0, targets: whenStuck.page }], true);
};

/** A person must decide; whoever can is called. */
export const ask = (d: Decision, id: string, question: string): void => {
  record(d, { type: 'procedureAsks', procedure: id, step: d.crisis.procedures[id]?.step ?? 0, question });
  callForHelp(d, id, question);
};
