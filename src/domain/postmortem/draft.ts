import { actionItems } from './actionItems.js';
import { appendices } from './appendix.js';
import { whatCouldBeImproved, whatWentWell } from './learned.js';
import { bullets, inert, toBeAdded } from './markdown.js';
import { materialOf, type Material, type PostmortemInput } from './material.js';
import { workdaysAfter } from './review.js';
import { incidentSummary } from './summary.js';

/** The meeting follows while memories are fresh. */
const meetingWithinWorkdays = 5;

const head = ({ crisis, plan, events }: Material): string => {
  const over = crisis.closedAt ?? events.at(-1)?.event.at ?? crisis.declaredAt;
  return [
    `# Post-mortem: ${inert(crisis.title)}`,
    `**Draft** for ${inert(plan.organisation)}, made from the timeline and the record of messages. It is blameless: it asks how the system let this happen and how it helped, and everyone acted on what they knew at the time.`,
    bullets([
      `Owner: ${toBeAdded('who sees this review through')}`,
      `Meeting: by ${workdaysAfter(over, meetingWithinWorkdays)} at the latest (${meetingWithinWorkdays} working days after the close; public holidays are not taken into account)`,
      'State: draft',
    ]),
  ].join('\n\n');
};

/**
 * The post-mortem as far as it can be written without people: the seed's four parts in Markdown, each finding with the
 * entries that show it, and a plain mark wherever only people can go on. All text from outside is rendered inert.
 */
export const draftPostmortem = (input: PostmortemInput): string => {
  const material = materialOf(input);
  return [
    head(material),
    incidentSummary(material),
    whatWentWell(material),
    whatCouldBeImproved(material),
    actionItems(material),
    appendices(material),
    '',
  ].join('\n\n');
};
