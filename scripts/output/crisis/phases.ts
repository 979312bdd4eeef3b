import type { Crisis, TaskState } from '../../../src/domain/crisis.js';
import { counted, oneLine, personCalled, type Names } from '../../../src/domain/describe/words.js';
import type { Phase, Playbook, Task } from '../../../src/domain/playbook.js';
import { roles } from '../../../src/domain/role.js';
import { colours } from '../terminal.js';
import { short } from '../times.js';

const barWidth = 24;

/** How much of a phase's time is gone: `████░░░░ 2m of 5m`. Budgets count from the declared start. */
export const budgetBar = (elapsedMs: number, budgetMs: number): string => {
  const share = Math.min(1, Math.max(0, elapsedMs / Math.max(1, budgetMs)));
  const full = Math.round(share * barWidth);
  const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
  const paint = share >= 1 ? colours.red : share >= 0.75 ? colours.yellow : colours.green;
  const over = elapsedMs > budgetMs ? `, ${short(elapsedMs - budgetMs)} over` : '';
  return `${paint(bar)} ${short(elapsedMs)} of ${short(budgetMs)}${over}`;
};

const marks: Record<TaskState['status'], string> = {
  done: colours.green('✔'),
  open: '○',
  failed: colours.red('✘'),
  skipped: colours.dim('–'),
};

const task = (
  { id, text, role, required }: Task,
  state: TaskState | undefined,
  late: boolean,
  names: Names,
): string => {
  const status = state?.status ?? 'open';
  const settled = status === 'done' || status === 'skipped';
  const by = state?.by === undefined ? '' : `, ${personCalled(names, state.by)}`;
  const note = state?.note === undefined ? '' : `: ${oneLine(state.note, 80)}`;
  const flags = [required && !settled ? 'required' : '', late && !settled ? colours.red('overdue') : ''].filter(
    Boolean,
  );
  const tail = [`${roles[role].title}${by}${note}`, ...flags].join(', ');
  return `    ${marks[status]} ${settled ? colours.dim(text) : text}  ${colours.dim(`${id} (`)}${colours.dim(tail)}${colours.dim(')')}`;
};

const tasksOf = (crisis: Crisis, { tasks }: Phase, late: boolean, names: Names): string[] =>
  tasks.map((each) => task(each, crisis.tasks[each.id], late, names));

const isOver = ({ status }: Crisis): boolean => status === 'resolved' || status === 'closed';

const phase = (crisis: Crisis, each: Phase, index: number, names: Names, now: number): string[] => {
  const title = `  ${index + 1}. ${each.title}`;
  if (index > crisis.phase) return [colours.dim(`${title}: ${counted(each.tasks.length, 'task')} to come`)];
  if (index < crisis.phase) {
    const open = each.tasks.filter(({ id }) => !['done', 'skipped'].includes(crisis.tasks[id]?.status ?? 'open'));
    const left = open.length > 0 ? `${open.length} of ${counted(each.tasks.length, 'task')} open` : 'all done';
    return [`${title}: ${left}`, ...tasksOf(crisis, { ...each, tasks: open }, true, names)];
  }
  const elapsed = (crisis.resolvedAt ?? crisis.closedAt ?? now) - crisis.declaredAt;
  return [
    `${colours.bold(title)}  ${isOver(crisis) ? colours.dim('over') : budgetBar(elapsed, each.untilMs)}`,
    ...tasksOf(crisis, each, elapsed > each.untilMs, names),
  ];
};

/** The phases with their tasks: what was left open, what there is to do now, what is to come. */
export const phases = (crisis: Crisis, playbook: Playbook, names: Names, now: number): string[] =>
  playbook.phases.flatMap((each, index) => phase(crisis, each, index, names, now));
