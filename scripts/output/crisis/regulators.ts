import type { Crisis } from '../../../src/domain/crisis.js';
import { called, oneLine, personCalled, type Names } from '../../../src/domain/describe/words.js';
import type { Deadline } from '../../../src/domain/regulatory/deadlines.js';
import { markNames, type Mark } from '../../../src/domain/regulatory/mark.js';
import { colours } from '../terminal.js';
import { away, moment } from '../times.js';

const deadline = ({ obligation, dueAt, expected, why }: Deadline, names: Names, now: number): string[] => {
  const left = dueAt < now ? colours.red(`overdue, ${away(dueAt, now)}`) : colours.bold(away(dueAt, now));
  return [
    `  ${called(names, 'obligation', obligation)} ${colours.dim(obligation)}: ${new Date(dueAt).toISOString().slice(0, 16)}Z, ${expected ? 'at the latest; its clock has not begun' : left}`,
    `    ${colours.dim(oneLine(why))}`,
  ];
};

/** What regulators count from, what is still to be filed with what time left, and what has been filed. */
export const regulators = ({ regulatory }: Crisis, names: Names, now: number): string[] => {
  if (!regulatory) return [];
  const { marks, deadlines, filings } = regulatory;
  return [
    ...(Object.entries(marks) as [Mark, number][]).map(([mark, at]) => `  ${moment(at, now)}  ${markNames[mark]}`),
    ...deadlines.flatMap((each) => deadline(each, names, now)),
    ...filings.map(
      ({ obligation, outcome, at, by, reference }) =>
        `  ${colours.green(outcome === 'notRequired' ? 'not required' : 'filed')} ${called(names, 'obligation', obligation)} by ${personCalled(names, by)} ${moment(at, now)}${reference === undefined ? '' : `, ${oneLine(reference, 200)}`}`,
    ),
  ];
};
