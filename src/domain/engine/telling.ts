import { spoken, spokenWhole } from '../duration.js';
import type { ApprovalAsked } from '../effect.js';
import type { Plan } from '../plan.js';
import type { MessageFields, MessageName, OccasionToTell, PublicStage, TemplateName } from '../telling.js';
import { severityNames } from '../severity.js';
import { once } from './once.js';
import { isDiscreet, openlySaid } from './openly.js';
import { firebreak, keyFor, perform, record, type Decision } from './decision.js';
import { isOpen, nameOf, openTasks, phaseOf, repeating, taskSaid } from './questions.js';

type ToTell = {
  template: MessageName;
  audienceId: string;
  title: string;
  people: readonly string[];
  occasion: OccasionToTell;
  asked?: string;
  text?: string;
  by?: string;
  /** Who has approved the words, where it is not their author. */
  approvedBy?: readonly string[] | undefined;
  asks?: ApprovalAsked;
  /** What is alike in everything told at this moment; made for the one message when it is not given. */
  alike?: MessageFields;
};

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** The tellings, each with what stands for it: they are gone through whenever anybody is told anything. */
const named = once((tellings: Plan['tellings']) =>
  tellings.map((telling) => ({ ...telling, one: `${telling.template} ${telling.audience}` })),
);

/** Tells everyone who is configured to hear on this occasion, and promises the next update. */
export const tell = (d: Decision, occasion: OccasionToTell): void => {
  const { severity } = d.crisis.classification;
  // Whoever has heard of it hears how it goes on and ends, also when it turned out to be less than was thought.
  const heard = new Set(
    occasion === 'change' || occasion === 'end'
      ? Object.values(d.crisis.tells).map(({ template, audience }) => `${template} ${audience}`)
      : [],
  );
  promiseUpdate(d);
  const told = new Set<string>();
  let alike: MessageFields | undefined;
  for (const { template, audience, on, severities, one } of named(d.plan.tellings)) {
    if (!on.includes(occasion) || told.has(one) || !(severities.includes(severity) || heard.has(one))) continue;
    told.add(one);
    tellAudience(d, template, audience, occasion, { alike: (alike ??= alikeFor(d, occasion)) });
  }
};

/** The time of the next update is part of every message, and a clock. */
export const promiseUpdate = (d: Decision): void => {
  if (!isOpen(d.crisis) || d.crisis.type === 'watch') return;
  record(d, { type: 'updatePromised', until: d.at + repeating(d.plan.cadence.updateEveryMs) });
};

export const tellAudience = (
  d: Decision,
  template: TemplateName,
  id: string,
  occasion: OccasionToTell,
  more?: { by: string; text: string; approvedBy?: readonly string[] } | { alike: MessageFields },
): void => {
  const audience = d.plan.audiences[id];
  // What leaves the house is never sent by a drill.
  if (!audience || (audience.outside && d.crisis.mode === 'drill')) return;
  send(d, { template, audienceId: id, title: audience.title, people: audience.people, occasion, ...more }, audience);
};

/** Tells people who are no configured audience: a rung of management, the communication lead. */
export const tellPeople = (d: Decision, to: ToTell): void => send(d, to);

const send = (
  d: Decision,
  to: ToTell,
  audience = {
    title: to.title,
    people: [...to.people],
    contacts: [] as never[],
    outside: false,
  } as Decision['plan']['audiences'][string],
): void => {
  const key = keyFor(d, 'tell', d.crisis.seq, to.template, to.audienceId);
  const dismissed = isDiscreet(d.crisis, d.plan) ? (d.crisis.restricted?.dismissed ?? []) : [];
  const { template, audienceId, occasion, by = firebreak, text } = to;
  record(d, { type: 'told', key, template, audience: audienceId, occasion, by, ...(text !== undefined && { text }) });
  const { crisisId, mode } = d.crisis;
  perform(d, {
    kind: 'tell',
    key,
    crisisId,
    mode,
    template,
    audience:
      dismissed.length === 0
        ? audience
        : { ...audience, people: audience.people.filter((person) => !dismissed.includes(person)) },
    audienceId,
    fields: fieldsOf(d, to),
    ...(to.asks && { asks: to.asks }),
  });
};

export const stageOf = ({ crisis }: Decision): PublicStage => {
  if (crisis.status === 'closed' || crisis.stoodDown) return 'resolved';
  if (crisis.status === 'resolved' || crisis.status === 'mitigated') return 'monitoring';
  return crisis.phase >= 2 ? 'identified' : 'investigating';
};

const impactOf = ({ crisis, plan }: Decision): string => {
  const { usersAffectedPercent, usersAffected, completeOutage, paymentFailure } = crisis.facts;
  const who =
    usersAffectedPercent !== undefined
      ? `about ${usersAffectedPercent} % of users`
      : usersAffected !== undefined
        ? `about ${usersAffected} users`
        : undefined;
  const what = completeOutage
    ? 'is not available'
    : paymentFailure
      ? 'cannot take payments'
      : 'does not work as it should';
  if (who === undefined && plan.engine < 4) return `${plan.service.name} ${what} for users`;
  return `${plan.service.name} ${what}${who === undefined ? '' : ` for ${who}`}`;
};

const mostDoneSaid = 12;

const doneSoFar = ({ crisis: { tasks }, plan }: Decision): string[] => {
  const ids = Object.keys(tasks);
  const done: string[] = [];
  for (let i = ids.length - 1; i >= 0 && done.length < mostDoneSaid; i--)
    if (tasks[ids[i]!]?.status === 'done') done.push(taskSaid(plan, ids[i]!));
  return done.reverse();
};

/** While it runs as promised; once resolved, the end of the regression watch brings the last word. */
const nextUpdateOf = ({ crisis }: Decision): string => {
  const next = crisis.status === 'closed' ? undefined : (crisis.watchUntil ?? crisis.updateDueAt);
  return next === undefined ? '' : iso(next);
};

/** What every message of one moment says alike. */
const alikeFor = (d: Decision, occasion: OccasionToTell): MessageFields => {
  const { crisis, plan, at } = d;
  const commander = crisis.roles['incident-commander'];
  const { severity } = crisis.classification;
  const { title, services, why } = openlySaid(crisis);
  return {
    crisisId: crisis.crisisId,
    drill: crisis.mode === 'drill',
    severity,
    severityName: severityNames[severity],
    title,
    services,
    why,
    stage: stageOf(d),
    status: crisis.status,
    phase: isDiscreet(crisis, plan)
      ? `phase ${crisis.phase + 1} of ${plan.playbook.phases.length}`
      : phaseOf(crisis, plan).title,
    occasion,
    since: iso(crisis.startedAt),
    duration: (plan.engine < 4 ? spoken : spokenWhole)(at - crisis.startedAt),
    impact: crisis.restricted ? '' : impactOf(d),
    regions: crisis.restricted ? [] : (crisis.facts.regions ?? []),
    done: crisis.restricted ? [] : doneSoFar(d),
    workaround: '',
    nextUpdateAt: nextUpdateOf(d),
    dataLoss:
      occasion !== 'end' || isDiscreet(crisis, plan)
        ? ''
        : crisis.facts.dataLoss || crisis.facts.dataIntegrityConcern
          ? 'The state of the data is being looked into.'
          : 'No loss of data is known.',
    asked: '',
    next: crisis.restricted ? [] : openTasks(crisis, plan, 8).map(({ text }) => text),
    commander: commander === undefined ? '' : nameOf(crisis, plan, commander),
    bridge: plan.bridge ?? '',
    author: 'Firebreak',
    approver: '',
    text: '',
  };
};

const fieldsOf = (d: Decision, to: ToTell): MessageFields => {
  const fields = { ...(to.alike ?? alikeFor(d, to.occasion)) };
  if (to.asked !== undefined) fields.asked = to.asked;
  if (to.text !== undefined) fields.text = to.text;
  if (to.by !== undefined) fields.author = fields.approver = nameOf(d.crisis, d.plan, to.by);
  if (to.approvedBy !== undefined)
    fields.approver = to.approvedBy.map((id) => nameOf(d.crisis, d.plan, id)).join(' and ');
  return fields;
};
