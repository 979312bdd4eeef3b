import { counted } from '../../src/domain/describe/words.js';
import { spoken } from '../../src/domain/duration.js';
import type { Scorecard } from '../../src/domain/scorecard.js';
import { table } from '../output/table.js';
import { colours } from '../output/terminal.js';

const mark = (good: boolean): string => (good ? colours.green('✔') : colours.red('✘'));

const promiseShown = ({ promise: { withinMs, engagedAfterMs, kept } }: Scorecard): string =>
  `${mark(kept)} promise   someone engaged within ${spoken(withinMs)}: ${
    engagedAfterMs === undefined ? 'nobody was' : `after ${spoken(engagedAfterMs)}`
  }`;

/** A scorecard as a person reads it: the promise, the counts, and each expectation with what really came. */
export const scoreShown = (card: Scorecard): string => {
  const { pages, tells, escalations, budgetsEnded, refused, inDoubt = [], checks, scale } = card;
  const lines = [
    `${colours.bold(card.crisisId)}  ${card.severity}, ${card.status}${scale === 1 ? '' : `, ${scale} times faster than life`}`,
    promiseShown(card),
    `  pages     ${pages.intended} intended: ${pages.reached} sent, ${pages.failed} failed, ${pages.calledOff} called off, ${pages.uncertain} uncertain, ${pages.unsettled} unsettled`,
    `  messages  ${tells.intended} intended: ${tells.reached} sent, ${tells.failed} failed`,
    `  course    ${counted(escalations, 'escalation')}, ${counted(budgetsEnded, 'budget')} ended`,
    ...refused.map((what) => `  ${colours.yellow('refused')}   ${what}`),
    ...inDoubt.map((what) => `  ${colours.yellow('in doubt')}  ${what}`),
  ];
  const rows = checks.map(({ holds, what, expected, got }) => [mark(holds), what, expected, got]);
  return `${lines.join('\n')}\n\n${table(['', 'expected', 'wanted', 'came'], rows)}`;
};
