import { counted } from '../../domain/describe/words.js';
import { faultsOf, runChecks, shown } from './checks.js';
import type { Job, Operation } from './operation.js';
import { Refusal } from './refusal.js';
import { isRecovered } from './writes.js';

const look = async ({ sessions, database: { name, checks }, say }: Job) => {
  const answers = await runChecks(await sessions.inside(name, false), checks);
  for (const answer of answers) say(shown(answer));
  return answers;
};

/** Asks the configured checks of the damaged data. Where none of them finds damage, a recovery would only lose data. */
export const assess: Operation = async (job) => {
  if (await isRecovered(job)) return { summary: `"${job.database.name}" is recovered already` };
  const answers = await look(job);
  if (answers.every(({ ok }) => ok))
    throw new Refusal(`none of ${counted(answers.length, 'check')} finds any damage in "${job.database.name}"`);
  const damaged = answers.reduce((sum, one) => sum + one.damaged, 0);
  return { summary: `${damaged > 0 ? `${counted(damaged, 'row')} damaged: ` : ''}${faultsOf(answers)}` };
};

/** The same checks of what people work with now: all of them must hold. */
export const watchData: Operation = async (job) => {
  const answers = await look(job);
  if (answers.some(({ ok }) => !ok)) throw new Refusal(faultsOf(answers));
  return { summary: `all of ${counted(answers.length, 'check')} hold` };
};
