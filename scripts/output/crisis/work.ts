import type { ActionState, Approval, Crisis, ProcedureState } from '../../../src/domain/crisis.js';
import { called, counted, oneLine, personCalled, type Names } from '../../../src/domain/describe/words.js';
import type { Playbook } from '../../../src/domain/playbook.js';
import { colours } from '../terminal.js';
import { away, moment, short } from '../times.js';
import { quoted } from '../wrap.js';

const statusPaint: Readonly<Record<string, (text: string) => string>> = {
  succeeded: colours.green,
  failed: colours.red,
  uncertain: colours.yellow,
  asking: colours.yellow,
  running: colours.cyan,
};
const painted = (status: string): string => (statusPaint[status] ?? colours.dim)(status);

const procedure = (
  { id, status, step, stage, question, reason }: ProcedureState,
  playbook: Playbook,
  names: Names,
): string[] => {
  const steps = playbook.procedures[id]?.steps;
  const now = steps?.[step];
  const where = status === 'running' && now ? `, step ${step + 1} of ${steps.length}: ${now.title} (${stage})` : '';
  const why = reason === undefined ? '' : `: ${oneLine(reason, 160)}`;
  return [
    `  ${called(names, 'procedure', id)} ${colours.dim(id)}: ${painted(status)}${where}${why}`,
    ...(question === undefined ? [] : [`    ${colours.yellow('asks:')} ${oneLine(question)}`]),
  ];
};

const action = (
  { action: id, purpose, status, summary, startedAt, endedAt }: ActionState,
  names: Names,
  now: number,
): string => {
  const took = endedAt === undefined ? `for ${short(now - startedAt)}` : `in ${short(endedAt - startedAt)}`;
  const said = summary === undefined ? '' : `: ${oneLine(summary, 120)}`;
  return `    ${moment(startedAt, now)}  ${called(names, 'action', id)}${purpose === 'do' ? '' : ` (${purpose})`} ${painted(status)} ${took}${said}`;
};

/** How many of the newest actions are shown; the timeline has them all. */
const newest = 5;

/** What is done to systems, and how far it has come. */
export const work = (crisis: Crisis, playbook: Playbook, names: Names, now: number): string[] => [
  ...Object.values(crisis.procedures).flatMap((each) => procedure(each, playbook, names)),
  ...crisis.actions.slice(-newest).map((each) => action(each, names, now)),
  ...(crisis.evidence
    ? [`    ${counted(crisis.evidence.items, 'piece')} of evidence, up to entry ${crisis.evidence.last.seq}`]
    : []),
];

const approval = (crisis: Crisis, each: Approval, names: Names, now: number): string[] => {
  const { request, action: id, by, needs, approvedBy, lapsesAt } = each;
  const left = needs - approvedBy.length;
  const so =
    approvedBy.length > 0 ? `, approved by ${approvedBy.map((who) => personCalled(names, who)).join(', ')}` : '';
  return [
    `  ${colours.yellow('?')} ${called(names, 'action', id)}, asked by ${personCalled(names, by)}${so}; needs ${counted(left, 'approval')}, lapses ${away(lapsesAt, now)}`,
    `    npx firebreak do ${quoted(crisis.crisisId)} approve --request ${quoted(request)}`,
  ];
};

/** What waits for somebody's approval, with the command that gives it. */
export const approvals = (crisis: Crisis, names: Names, now: number): string[] =>
  Object.values(crisis.approvals)
    .filter(({ status }) => status === 'open')
    .flatMap((each) => approval(crisis, each, names, now));
