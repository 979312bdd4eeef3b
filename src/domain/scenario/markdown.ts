import { spoken } from '../duration.js';
import { inert } from '../postmortem/markdown.js';
import type { Scorecard } from '../scorecard.js';

type Report = {
  drillId: string;
  scenario: { title: string; about?: string | undefined };
  scale: number;
  startedAt: number;
  endedAt: number;
  notes: readonly { afterMs: number; what: string }[];
  scorecards: readonly Scorecard[];
  holds: boolean;
};

const yes = (good: boolean): string => (good ? 'yes' : '**no**');

const cardMarkdown = (card: Scorecard): string => {
  const { promise, pages, tells } = card;
  const engaged = promise.engagedAfterMs === undefined ? 'nobody was' : `after ${spoken(promise.engagedAfterMs)}`;
  return [
    `## ${inert(card.crisisId)}`,
    '',
    `- Promise: someone engaged within ${spoken(promise.withinMs)}: ${engaged}`,
    `- Pages: ${pages.intended} intended, ${pages.reached} sent, ${pages.failed} failed, ${pages.calledOff} called off, ${pages.uncertain} uncertain, ${pages.unsettled} unsettled`,
    `- Messages: ${tells.intended} intended, ${tells.reached} sent, ${tells.failed} failed`,
    `- ${card.escalations} escalations, ${card.budgetsEnded} budgets ended, ${card.severity}, ${card.status}`,
    ...card.refused.map((what) => `- Refused: ${inert(what)}`),
    ...(card.inDoubt ?? []).map((what) => `- In doubt: ${inert(what)}`),
    '',
    '| Expected | Wanted | Came | Holds |',
    '| --- | --- | --- | --- |',
    ...card.checks.map(
      ({ what, expected, got, holds }) =>
        `| ${[what, expected, got].map((cell) => inert(cell)).join(' | ')} | ${yes(holds)} |`,
    ),
  ].join('\n');
};

/** A scorecard to keep, in Markdown. Times are those of the plan. */
export const scoreMarkdown = ({
  drillId,
  scenario,
  scale,
  startedAt,
  endedAt,
  notes,
  scorecards,
  holds,
}: Report): string =>
  [
    `# Drill ${inert(drillId)}: ${inert(scenario.title)}`,
    '',
    ...(scenario.about === undefined ? [] : [inert(scenario.about), '']),
    `From ${new Date(startedAt).toISOString()} to ${new Date(endedAt).toISOString()}${scale === 1 ? '' : `, ${scale} times faster than life`}. As expected: ${yes(holds)}.`,
    '',
    ...notes.map(({ afterMs, what }) => `- +${spoken(afterMs)}: ${inert(what)}`),
    ...(notes.length > 0 ? [''] : []),
    scorecards.map(cardMarkdown).join('\n\n'),
    '',
  ].join('\n');
