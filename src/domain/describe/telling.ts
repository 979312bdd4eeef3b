import type { MessageName, OccasionToTell } from '../telling.js';
import type { Sayings } from './sayings.js';
import { because, called, clock, counted, personCalled, type Names } from './words.js';

const templates: Record<MessageName, string> = {
  'status-page': 'status page update',
  'customer-mail': 'customer mail',
  'social-media': 'social media update',
  'support-talking-points': 'talking points for support',
  'executive-summary': 'executive summary',
  'legal-notification': 'legal notification',
  'partner-alert': 'partner alert',
  'media-response': 'media response',
  'engineering-alert': 'engineering alert',
  'status-update': 'status update',
  'management-escalation': 'management escalation',
  'post-incident': 'post-incident message',
  'approval-request': 'request for an approval',
};
const occasions: Record<OccasionToTell, string> = {
  start: 'at the start',
  change: 'about a change',
  update: 'as an update',
  end: 'at the end',
};

const audience = (names: Names, id: string): string => {
  if (id.startsWith('rung:')) return `the ${called(names, 'rung', id.slice('rung:'.length))}`;
  if (id.startsWith('person:')) return personCalled(names, id.slice('person:'.length));
  return id === 'approvers' ? 'those who may approve' : called(names, 'audience', id);
};

/** What stakeholders were told, and what they were promised. */
export const telling: Sayings<'told' | 'tellSettled' | 'updatePromised' | 'updateReminded' | 'managementTold'> = {
  told: (e, names) =>
    `${personCalled(names, e.by)} told ${audience(names, e.audience)} ${occasions[e.occasion]} (${templates[e.template]})${because(e.text)}.`,
  tellSettled: ({ key, deliveries }, names) => {
    const [id = '', template = ''] = key.split('/').reverse();
    const what = Object.hasOwn(templates, template) ? templates[template as MessageName] : 'message';
    const failed = deliveries.filter(({ status }) => status === 'failed');
    const uncertain = deliveries.filter(({ status }) => status === 'uncertain').length;
    const reached = deliveries.length - failed.length - uncertain;
    const parts = [
      `${counted(reached, 'message')} sent`,
      ...(uncertain > 0 ? [`${uncertain} uncertain`] : []),
      ...(failed.length > 0 ? [`${failed.length} failed${because(failed[0]?.reason)}`] : []),
    ];
    const to = `The ${what} to ${audience(names, id)}`;
    return deliveries.length === 0 ? `${to} had nobody to go to.` : `${to}: ${parts.join(', ')}.`;
  },
  updatePromised: (e) => `The next update is promised for ${clock(e.until)}.`,
  updateReminded: (e) => `A reminder went out: an update is promised for ${clock(e.promisedAt)}.`,
  managementTold: (e, names) => `The ${called(names, 'rung', e.rung)} was told${because(e.reason)}.`,
};
