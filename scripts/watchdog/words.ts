import { spoken } from '../../src/domain/duration.js';
import { oneLine } from '../../src/domain/message/inert.js';
import type { Known, News } from './known.js';

const line = ({ what, todo, since }: Known, now: number): string =>
  `- ${oneLine(what, 500)} (seen for ${spoken(now - since)})\n  ${todo}`;

const part = (title: string, faults: readonly Known[], now: number): string[] =>
  faults.length === 0 ? [] : [`${title}:`, ...faults.map((fault) => line(fault, now)), ''];

const counted = (count: number): string => (count === 1 ? 'a fault' : `${count} faults`);

const subjectOf = ({ begun, lasting, over }: News): string => {
  const [first] = [...begun, ...lasting, ...over];
  const about = first ? oneLine(first.what, 120) : '';
  if (begun.length > 0) return `Firebreak itself has ${counted(begun.length)}: ${about}`;
  if (lasting.length > 0) return `Firebreak itself still has ${counted(lasting.length)}: ${about}`;
  return `Over: ${about}`;
};

export type Telling = { subject: string; text: string };

/** What people are told of a look; undefined when nothing is new. */
export const tellingOf = (news: News, now: number): Telling | undefined => {
  const { begun, lasting, over } = news;
  if (begun.length + lasting.length + over.length === 0) return undefined;
  return {
    subject: subjectOf(news),
    text: [
      ...part('Wrong', begun, now),
      ...part('Still wrong', lasting, now),
      ...part('Over', over, now),
      'From the watchdog, which looks after Firebreak from outside. This is no crisis and wants no acknowledgement.',
    ].join('\n'),
  };
};
