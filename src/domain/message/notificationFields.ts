import type { Crisis } from '../crisis.js';
import type { Mark, Marks } from '../regulatory/mark.js';
import type { NotificationFields } from './notificationSource.js';

type Known = Pick<Crisis, 'services' | 'facts' | 'regulatory'>;
/** Who files: what the configuration says of the organisation. */
type Sender = { organisation?: string | undefined; contact?: string | undefined };

const moments: Partial<Record<Mark, keyof NotificationFields>> = {
  occurred: 'occurredAt',
  aware: 'awareAt',
  classified: 'classifiedAt',
  material: 'materialAt',
  fixAvailable: 'fixAvailableAt',
};

const momentsOf = (marks: Marks): Partial<NotificationFields> =>
  Object.fromEntries(
    (Object.entries(marks) as [Mark, number][]).flatMap(([mark, at]) => {
      const field = moments[mark];
      return field ? [[field, new Date(at).toISOString()]] : [];
    }),
  );

/** The last reference that a receiver gave, which later reports of the same incident go by. */
const referenceOf = ({ regulatory }: Known, obligation: string): string | undefined => {
  const regime = obligation.split('-')[0] ?? '';
  return regulatory?.filings.findLast((filing) => filing.obligation.startsWith(`${regime}-`))?.reference;
};

/** What a crisis already says of a regulator's notification. Everything else is for people to write. */
export const notificationFieldsOf = (
  crisis: Known,
  obligation: string,
  { organisation, contact }: Sender,
): Partial<NotificationFields> => {
  const { services, facts } = crisis;
  const reference = referenceOf(crisis, obligation);
  return {
    ...momentsOf(crisis.regulatory?.marks ?? {}),
    ...(services.length > 0 && { services: services.join(', ') }),
    ...(facts.usersAffected !== undefined && { people: `${facts.usersAffected} people, as far as known` }),
    ...(facts.revenueLost !== undefined && { costs: `${facts.revenueLost} in revenue lost, as far as known` }),
    ...(organisation !== undefined && { organisation }),
    ...(contact !== undefined && { contact }),
    ...(reference !== undefined && { reference }),
  };
};
