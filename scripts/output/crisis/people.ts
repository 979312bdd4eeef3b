import { engagementCalled, oneLine, personCalled, type Names } from '../../../src/domain/describe/words.js';
import type { Crisis, Engagement } from '../../../src/domain/crisis.js';
import type { Delivery, DeliveryStatus } from '../../../src/domain/delivery.js';
import { roles, type Role } from '../../../src/domain/role.js';
import { colours } from '../terminal.js';
import { moment, short } from '../times.js';

const pageShown: Record<DeliveryStatus, (text: string) => string> = {
  intended: colours.dim,
  cancelled: colours.dim,
  failed: colours.red,
  uncertain: colours.yellow,
  sent: (text) => text,
  delivered: (text) => text,
  acknowledged: colours.green,
};

const pagesOf = (crisis: Crisis, engagement: Engagement): Delivery[] =>
  Object.values(crisis.deliveries)
    .filter(({ kind, about }) => kind === 'page' && about === engagement.id)
    .sort((a, b) => a.intendedAt - b.intendedAt);

const page = ({ person, channel, status, intendedAt, reason }: Delivery, names: Names, now: number): string => {
  const why = reason === undefined ? '' : `: ${oneLine(reason, 100)}`;
  return `    ${moment(intendedAt, now)}  ${personCalled(names, person)} by ${channel} ${pageShown[status](`${status}${why}`)}`;
};

const standing = (
  crisis: Crisis,
  { answeredBy, answeredAt, endedAt, openedAt, declined }: Engagement,
  names: Names,
): string => {
  const cannot = declined.length > 0 ? `, ${declined.map((id) => personCalled(names, id)).join(', ')} cannot come` : '';
  if (answeredBy !== undefined)
    return (
      colours.green(`${personCalled(names, answeredBy)} answered after ${short((answeredAt ?? openedAt) - openedAt)}`) +
      cannot
    );
  if (endedAt !== undefined) return colours.dim(`ended${cannot}`);
  return (
    (crisis.quiet ? colours.dim('quiet, since the impact has ended') : colours.red('nobody has answered yet')) + cannot
  );
};

/** How many pages are shown of each; a long night has many rounds. */
const newest = 6;

const engagement = (crisis: Crisis, each: Engagement, names: Names, now: number): string[] => {
  const pages = pagesOf(crisis, each);
  const earlier = pages.length - newest;
  return [
    `  Paged for ${engagementCalled(names, each.id)}: ${standing(crisis, each, names)}`,
    ...(earlier > 0 ? [colours.dim(`    and ${earlier} earlier`)] : []),
    ...pages.slice(-newest).map((delivery) => page(delivery, names, now)),
  ];
};

/** Who holds which role, who was paged, who has answered. */
export const people = (crisis: Crisis, names: Names, now: number): string[] => [
  ...(Object.entries(crisis.roles) as [Role, string][]).map(
    ([role, person]) => `  ${roles[role].title}: ${colours.bold(personCalled(names, person))}`,
  ),
  ...Object.values(crisis.engagements).flatMap((each) => engagement(crisis, each, names, now)),
];
