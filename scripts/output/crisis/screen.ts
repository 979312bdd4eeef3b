import { describeDue } from '../../../src/domain/describe/describeDue.js';
import { oneLine, type Names } from '../../../src/domain/describe/words.js';
import type { Due } from '../../../src/domain/due.js';
import type { View } from '../../client/api.js';
import { namesFor, playbookOf } from '../../client/names.js';
import { colours } from '../terminal.js';
import { away, moment } from '../times.js';
import { quoted } from '../wrap.js';
import { header } from './header.js';
import { people } from './people.js';
import { phases } from './phases.js';
import { regulators } from './regulators.js';
import { approvals, work } from './work.js';

/** How far ahead a person wants to look. */
const nextShown = 5;

const next = (dues: readonly Due[], names: Names, now: number): string[] =>
  dues
    .slice(0, nextShown)
    .map(
      (due) => `  ${moment(due.at, now)}  ${colours.bold(away(due.at, now).padEnd(12))}  ${describeDue(due, names)}`,
    );

/** Also when it is over: then there is nothing to answer. */
const answered = ({ acknowledgedAt, closedAt }: View['crisis']): boolean =>
  acknowledgedAt !== undefined || closedAt !== undefined;

const links = ({ crisis, workflowId }: View, address: string): string[] => [
  ...(answered(crisis) ? [] : [`  npx firebreak ack ${quoted(crisis.crisisId)}`]),
  `  npx firebreak timeline ${quoted(crisis.crisisId)}`,
  `  npx firebreak do ${quoted(crisis.crisisId)}`,
  `  ${address}/api/v1/crises/${encodeURIComponent(crisis.crisisId)}`,
  `  Temporal workflow ${oneLine(workflowId)}`,
  ...crisis.links.map(({ to, relation }) => `  ${oneLine(relation, 50)}: ${oneLine(to)}`),
];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', colours.bold(title), ...lines] : [];

/** A crisis on one screen: what it is, who is on it, what is being done, and what happens next. */
export const screen = (view: View, address: string, now: number): string => {
  const { crisis } = view;
  const names = namesFor(view);
  const playbook = playbookOf(view);
  return [
    ...header(view, now),
    ...section('People', people(crisis, names, now)),
    ...section('Waiting for an approval', approvals(crisis, names, now)),
    ...section('What happens next', next(view.next, names, now)),
    ...section('Regulators', regulators(crisis, names, now)),
    ...section('Phases', phases(crisis, playbook, names, now)),
    ...section('Procedures and actions', work(crisis, playbook, names, now)),
    ...section('More', links(view, address)),
  ].join('\n');
};
