import type { Engagement } from '../crisis.js';
import type { Delivery } from '../delivery.js';
import type { PageEffect, PageMessage } from '../effect.js';
import type { PagingStep, Target } from '../paging.js';
import type { Contact, Roster } from '../person.js';
import { spoken } from '../duration.js';
import { settledKeptForMs } from './fold/ledger.js';
import { rowsOf } from './fold/table.js';
import { keyFor, perform, record, type Decision, type HappeningOf } from './decision.js';
import { isDiscreet, openlySaid } from './openly.js';
import { once } from './once.js';
import { own } from './own.js';
import { isRinging, policyOf, repeatOf, response, rosterOf, stepsOf } from './questions.js';

/** A roster older than this is looked up anew before anybody is paged by it. */
const rosterFreshForMs = 30_000;
/** Later than this is worth a word in the message: it was us who were away. */
const lateFromMs = 5_000;

/** Another reason within this time rings the same telephone only once. */
const bundledWithinMs = 1_000;

/** Asks somebody to come, in a new round when it was asked before. An insistent one rings even while the impact has ended. */
export const openEngagement = (
  d: Decision,
  engagement: string,
  reason: string,
  steps: readonly PagingStep[],
  insistent = false,
): void => {
  record(d, {
    type: 'engagementOpened',
    engagement,
    reason,
    steps,
    repeatAfterMs: policyOf(d.crisis, d.plan).repeatAfterMs,
    ...(insistent && { insistent }),
  });
  takeDueStep(d, engagement);
};

/** Takes the furthest step that is due; the ones before it are passed over, so that nobody gets two messages for one delay. */
export const takeDueStep = (d: Decision, id: string, furtherThanDue = false): void => {
  const engagement = d.crisis.engagements[id];
  if (!engagement || !isRinging(d.crisis, engagement) || engagement.lookingUp) return;
  const steps = stepsOf(d.crisis, d.plan, engagement);
  const elapsed = d.at - engagement.roundStartedAt;
  const furthest = steps.findLastIndex(({ afterMs }) => afterMs <= elapsed);
  const step = furtherThanDue ? Math.max(engagement.step, furthest) : furthest;
  if (step < engagement.step || step >= steps.length) return;
  if (d.at - rosterOf(d.crisis, d.plan).asOf <= rosterFreshForMs) return pageStep(d, id, step);
  record(d, { type: 'lookUpBegan', engagement: id, step });
  perform(d, {
    kind: 'lookUp',
    key: keyFor(d, 'lookup', id, d.crisis.seq),
    engagement: id,
    step,
    round: engagement.round,
    team: d.plan.service.team,
  });
};

/** Pages everyone a step names, on every urgent channel at once. Nobody there: the next step is taken in the same moment. */
export const pageStep = (d: Decision, id: string, step: number): void => {
  const engagement = d.crisis.engagements[id];
  if (!engagement || !isRinging(d.crisis, engagement) || step < engagement.step) return;
  const { targets, afterMs } = stepsOf(d.crisis, d.plan, engagement)[step] ?? { targets: [], afterMs: 0 };
  const roster = rosterOf(d.crisis, d.plan);
  const people = peopleToPage(d, engagement, targets);
  if (people.length === 0) {
    record(d, { type: 'nobodyToPage', engagement: id, step, targets });
    return takeDueStep(d, id, true);
  }
  const lateMs = Math.max(0, d.at - Math.max(engagement.roundStartedAt + afterMs, engagement.onTimeFrom ?? 0));
  const missed = lateMs > lateFromMs ? step - engagement.step : 0;
  const taken: HappeningOf<'stepTaken'> = {
    type: 'stepTaken',
    engagement: id,
    round: engagement.round,
    step,
    people,
  };
  if (lateMs > lateFromMs) taken.late = lateMs;
  if (missed > 0) taken.missed = missed;
  record(d, taken);
  const message = messageOf(d, id, step, lateMs, missed);
  const ringing = ringingBeside(d, id);
  for (const person of people)
    for (const contact of urgentContacts(roster, person))
      if (!ringing.some((row) => goesTo(row, person, contact)))
        pageOne(d, { engagement, step, person, contact, message });
};

/** Whom a step names and who can be reached, each once; without those who cannot come, or may not know of it. */
const peopleToPage = (d: Decision, { declined }: Engagement, targets: readonly Target[]): string[] => {
  const roster = rosterOf(d.crisis, d.plan);
  const dismissed = d.crisis.restricted?.dismissed;
  const people: string[] = [];
  for (const target of targets)
    for (const person of peopleOf(d, roster, target)) {
      if (people.includes(person) || declined.includes(person) || dismissed?.includes(person)) continue;
      if (own(roster.people, person)) people.push(person);
    }
  return people;
};

const goesTo = (row: Delivery, person: string, { channel, to }: Contact): boolean =>
  row.person === person && row.channel === channel && row.to === to;

/** Two reasons at one moment are one page; only a person who asks is always heard by her own words. */
const ringingBeside = ({ crisis, at }: Decision, engagement: string): Delivery[] => {
  const ringing: Delivery[] = [];
  if (engagement.startsWith('summon:')) return ringing;
  for (const row of rowsOf(crisis.deliveries)) {
    if (row.intendedAt <= at - bundledWithinMs || row.kind !== 'page' || row.about === engagement) continue;
    if (row.status !== 'failed' && row.status !== 'cancelled') ringing.push(row);
  }
  return ringing;
};

/** The people a target stands for, by the roster of the moment. */
export const peopleOf = (d: Decision, roster: Roster, target: Target): readonly string[] => {
  if (target === 'primary' || target === 'secondary' || target === 'commander' || target === 'rotation')
    return roster[target];
  const [kind, id = ''] = target.split(':');
  if (kind === 'rung') return d.plan.ladder.find((rung) => rung.id === id)?.people ?? [];
  if (kind === 'team') return id === d.plan.service.team ? roster.rotation : [];
  return [id];
};

/**
 * A page that failed or is in doubt is not the end of it: the person's next channel at once, and when a step reached
 * nobody for sure, the next step at once.
 */
export const tryOtherwise = (d: Decision, page: PageEffect): void => {
  const engagement = d.crisis.engagements[page.engagement];
  if (!engagement || !isRinging(d.crisis, engagement)) return;
  const { prefix, round, step } = stepOf(page.key);
  // Paging has begun anew meanwhile; what failed before it is over.
  if (round !== engagement.round) return;
  // Heard of so late, what else was tried may be forgotten; the clocks go on by themselves.
  if (d.at - (d.crisis.deliveries[page.key]?.intendedAt ?? 0) >= settledKeptForMs) return;
  const rows = pagesOf(d, prefix);
  const next = own(rosterOf(d.crisis, d.plan).people, page.person)?.contacts.find(
    (contact) => !rows.some((row) => goesTo(row, page.person, contact)),
  );
  if (next)
    return pageOne(d, {
      engagement,
      step,
      person: page.person,
      contact: next,
      message: messageOf(d, page.engagement, step, 0, 0),
      instead: page.channel,
    });
  if (rows.every(({ status }) => status === 'failed') && engagement.step === step + 1)
    takeDueStep(d, page.engagement, true);
};

/** The step that a page's key names, with what the keys of all its pages begin with. */
const stepOf = (key: string): { prefix: string; round: number; step: number } => {
  const end = key.lastIndexOf('/', key.lastIndexOf('/') - 1);
  const beforeStep = key.lastIndexOf('/', end - 1);
  const beforeRound = key.lastIndexOf('/', beforeStep - 1);
  return {
    prefix: key.slice(0, end + 1),
    round: Number(key.slice(beforeRound + 2, beforeStep)),
    step: Number(key.slice(beforeStep + 2, end)),
  };
};

const pagesOf = ({ crisis }: Decision, prefix: string): Delivery[] =>
  rowsOf(crisis.deliveries).filter(({ key }) => key.startsWith(prefix));

type OnePage = {
  engagement: Engagement;
  step: number;
  person: string;
  contact: Contact;
  message: PageMessage;
  instead?: PageEffect['channel'];
};

const pageOne = (d: Decision, { engagement, step, person, contact, message, instead }: OnePage): void => {
  const { id, round } = engagement;
  const { deliveries } = d.crisis;
  const base = keyFor(d, id, `r${round}`, `s${step}`, person, contact.channel);
  // Two telephones of one person are two pages.
  const key = Object.hasOwn(deliveries, base) ? `${base}-${pagesOf(d, base).length + 1}` : base;
  const paged: HappeningOf<'paged'> = {
    type: 'paged',
    key,
    engagement: id,
    person,
    channel: contact.channel,
    to: contact.to,
  };
  if (message.lateMs !== undefined) paged.late = message.lateMs;
  if (instead) paged.instead = instead;
  record(d, paged);
  perform(d, {
    kind: 'page',
    key,
    crisisId: d.crisis.crisisId,
    mode: d.crisis.mode,
    engagement: id,
    person,
    channel: contact.channel,
    to: contact.to,
    message,
  });
};

const urgentContacts = (roster: Roster, person: string): readonly Contact[] => {
  const contacts = own(roster.people, person)?.contacts ?? [];
  const urgent = contacts.filter(({ urgent }) => urgent);
  return urgent.length > 0 ? urgent : contacts;
};

const messageOf = (d: Decision, id: string, step: number, lateMs: number, missed: number): PageMessage => {
  const { crisis, plan } = d;
  const engagement = crisis.engagements[id]!;
  const steps = stepsOf(crisis, plan, engagement);
  const following = steps[step + 1];
  const waitMs = following ? engagement.roundStartedAt + following.afterMs - d.at : repeatOf(crisis, plan, engagement);
  const isNews = following && following.targets.join() !== steps[step]?.targets.join();
  const whom = isNews ? wordsFor(following).whom : 'you';
  const again = isNews ? 'paged' : 'paged again';
  const { title, services, why } = openlySaid(crisis);
  const reason = isDiscreet(crisis, plan) ? 'you are on call' : engagement.reason;
  return {
    crisisId: crisis.crisisId,
    severity: crisis.classification.severity,
    title,
    services,
    why,
    declaredAt: crisis.declaredAt,
    reason:
      id === response && step > 0
        ? `${reason}; nobody has answered for ${spoken(d.at - engagement.openedAt)}`
        : crisis.restricted && id !== response
          ? 'you are called for'
          : reason,
    ...(lateMs > lateFromMs && { lateMs }),
    ...(missed > 0 && { missed }),
    ...(plan.bridge !== undefined && { bridge: plan.bridge }),
    next: `Without an answer ${whom} will be ${again} in ${spoken(waitMs)}.`,
  };
};

const wordsFor = once(({ targets }: PagingStep) => ({ whom: targets.map(said).join(' and ') }));

const said = (target: Target): string =>
  target
    .replace(/^rung:/, 'the ')
    .replace(/^(person|team):/, '')
    .replaceAll('-', ' ')
    .replace(/^(primary|secondary|commander)$/, 'the $1')
    .replace(/^rotation$/, 'the whole rotation');
