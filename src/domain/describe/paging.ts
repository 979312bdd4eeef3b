import { channelNames, type ChannelName } from '../delivery.js';
import { spoken } from '../duration.js';
import type { EventOf } from '../event.js';
import type { Sayings } from './sayings.js';
import {
  actor,
  because,
  counted,
  engagementCalled,
  listed,
  oneLine,
  ordinal,
  peopleCalled,
  personCalled,
} from './words.js';

type Paging =
  | 'engagementOpened'
  | 'lookUpBegan'
  | 'rosterSeen'
  | 'rosterFailed'
  | 'stepTaken'
  | 'roundEnded'
  | 'paged'
  | 'pageSettled'
  | 'nobodyToPage'
  | 'acknowledged'
  | 'declined'
  | 'escalated'
  | 'engagementEnded'
  | 'ackForgotten';

const channels: Record<ChannelName, string> = { email: 'e-mail', sms: 'SMS', webhook: 'webhook' };

const settled: Record<EventOf<'pageSettled'>['status'], string> = {
  sent: 'was sent',
  delivered: 'was delivered',
  failed: 'failed',
  uncertain: 'may or may not have gone out',
  cancelled: 'was called off',
};

/** A key names crisis, engagement, round, step, person and channel, which is numbered when a person has several addresses. */
const pageOf = (key: string): { person: string; channel: string } => {
  const [last = '', person = ''] = key.split('/').reverse();
  const channel = channelNames.find((name) => last === name || last.startsWith(`${name}-`));
  return { person, channel: channel === undefined ? oneLine(last, 50) : channels[channel] };
};

/** Who is asked to come, by which message, and who has answered. */
export const paging: Sayings<Paging> = {
  engagementOpened: (e, names) =>
    e.engagement === 'response'
      ? `Paging for the response began${because(e.reason)}.`
      : `Paging of ${engagementCalled(names, e.engagement)} began${because(e.reason)}.`,
  lookUpBegan: (e, names) => `Looking up who is on call now, for ${engagementCalled(names, e.engagement)}.`,
  rosterSeen: ({ roster: { primary, secondary, commander } }, names) =>
    `On call now: ${peopleCalled(names, primary)}; secondary ${peopleCalled(names, secondary)}; commander ${peopleCalled(names, commander)}.`,
  rosterFailed: (e) => `Who is on call could not be looked up, so the plan's own list counts${because(e.reason)}.`,
  stepTaken: (e, names) => {
    const late = e.late === undefined ? '' : `, ${spoken(e.late)} late`;
    const missed = e.missed === undefined ? '' : ` and passing over ${counted(e.missed, 'earlier step')}`;
    const again = e.round > 1 ? `, ${ordinal(e.round - 1)} round` : '';
    return `The ${ordinal(e.step)} step for ${engagementCalled(names, e.engagement)}${again}: ${peopleCalled(names, e.people)} ${e.people.length === 1 ? 'is' : 'are'} paged${late}${missed}.`;
  },
  roundEnded: (e, names) => `Nobody has answered for ${engagementCalled(names, e.engagement)}; paging starts over.`,
  paged: (e, names) => {
    const instead = e.instead === undefined ? '' : ` instead of ${channels[e.instead]}`;
    const late = e.late === undefined ? '' : `, ${spoken(e.late)} late`;
    return `Paging ${personCalled(names, e.person)} by ${channels[e.channel]}${instead} at ${oneLine(e.to, 100)}${late}.`;
  },
  pageSettled: (e, names) => {
    const { person, channel } = pageOf(e.key);
    const repeat = e.possibleRepeat ? '; it may be a repeat' : '';
    const bundled = e.bundle === undefined ? '' : ', in one message with others';
    return `The page to ${personCalled(names, person)} by ${channel} ${settled[e.status]}${bundled}${because(e.reason)}${repeat}.`;
  },
  nobodyToPage: (e, names) =>
    `The ${ordinal(e.step)} step for ${engagementCalled(names, e.engagement)} has nobody to page (${listed(e.targets.map((target) => oneLine(target, 100)))}).`,
  acknowledged: (e, names) => {
    const whats = e.engagements.map((id) => engagementCalled(names, id));
    return `${actor(names, e)} acknowledged${whats.length > 0 ? `, answering for ${listed(whats)}` : ''}${because(e.note)}.`;
  },
  declined: (e, names) => `${actor(names, e)} cannot come${because(e.reason)}.`,
  escalated: (e, names) => `${actor(names, e)} escalated to the next step${because(e.reason)}.`,
  engagementEnded: (e, names) => `Paging for ${engagementCalled(names, e.engagement)} ended${because(e.reason)}.`,
  ackForgotten: (e) => `It was acknowledged, but nobody has acted for ${spoken(e.idleMs)}; paging starts again.`,
};
