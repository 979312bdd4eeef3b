import type { Action } from '../../src/domain/action.js';
import { counted } from '../../src/domain/describe/words.js';
import { spoken } from '../../src/domain/duration.js';
import { roles } from '../../src/domain/role.js';
import type { Runbook } from '../../src/domain/runbook.js';
import { renderMarkdown } from './markdown.js';
import { table } from './table.js';
import { colours } from './terminal.js';

/** All runbooks, one a line. */
export const runbookTable = (runbooks: readonly Runbook[]): string =>
  table(
    ['id', 'title', 'services', 'actions'],
    runbooks.map(({ id, title, services, actions }) => [
      colours.bold(id),
      title,
      services.join(', ') || 'any',
      Object.keys(actions).join(', ') || '–',
    ]),
  );

const riskPaint: Record<Action['risk'], (text: string) => string> = {
  safe: colours.green,
  guarded: colours.yellow,
  destructive: colours.red,
};

const authority = ({ risk, approvals, preAuthorisedForMs, mayRun }: Action): string => {
  if (risk === 'safe' || approvals === 0) return 'needs no approval';
  const first = preAuthorisedForMs > 0 ? `pre-authorised for the first ${spoken(preAuthorisedForMs)}, then ` : '';
  return `${first}${counted(approvals, 'approval')} of ${mayRun.map((role) => roles[role].title).join(', ')}`;
};

const parametersOf = ({ parameters }: Action): string[] =>
  Object.entries(parameters).map(([name, { type, oneOf, pattern, default: given }]) => {
    const what = oneOf ? oneOf.join('|') : type;
    const like = pattern === undefined ? '' : ` like ${pattern}`;
    return `      --parameters.${name} <${what}>${like}${given === undefined ? '' : `, else ${String(given)}`}`;
  });

const actionShown = ([id, action]: [string, Action]): string[] => [
  `  ${colours.green('▶')} ${colours.bold(id)}  ${action.title}`,
  `      ${riskPaint[action.risk](action.risk)}, ${authority(action)}`,
  `      npx firebreak do <crisis> run --what ${id}`,
  ...parametersOf(action),
];

/** A runbook to be read in a terminal; in its text the actions it may run are marked. `width` in columns. */
export const runbookShown = ({ id, title, services, types, actions, text }: Runbook, width: number): string => {
  const mark = (code: string) => (Object.hasOwn(actions, code) ? colours.green(`▶ ${code}`) : colours.cyan(code));
  const own = Object.entries(actions);
  return [
    `${colours.bold(title)}  ${colours.dim(id)}`,
    colours.dim(`for ${services.join(', ') || 'any service'}${types.length > 0 ? `; ${types.join(', ')}` : ''}`),
    '',
    renderMarkdown(text.replace(/^# .*\n+/, ''), width, mark),
    ...(own.length > 0 ? ['', colours.bold('Actions it may run'), ...own.flatMap(actionShown)] : []),
  ].join('\n');
};
