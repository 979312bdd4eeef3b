import type { Command } from '../command.js';
import type { Crisis } from '../crisis.js';
import { parseCrisisId } from '../crisisId.js';
import type { SendEffect } from '../effect.js';
import type { Actor, Tally } from '../event.js';
import { opens } from '../intake/parcel.js';
import { keyFor, perform, record, type Decision } from './decision.js';
import { leaveFor } from './ending.js';

type Merge = Extract<Command, { command: 'merge' }>;
type Split = Extract<Command, { command: 'split' }>;

export const whyNotMerge = (crisis: Crisis, into: string): string | undefined =>
  parseCrisisId(into).correlationKey === crisis.correlationKey
    ? 'a crisis cannot go into itself'
    : crisis.status === 'resolved'
      ? 'it is resolved already'
      : undefined;

export const whyNotSplit = ({ causes = {} }: Crisis, cause: string): string | undefined => {
  if (!Object.hasOwn(causes, cause)) {
    const some = Object.keys(causes).slice(0, 10).join(', ');
    return `it has no cause "${cause}"; ${some === '' ? 'it has none beside its own' : `there are ${some}`}`;
  }
  return causes[cause]?.split ? `"${cause}" has been split out already` : undefined;
};

/** What fires now, for another crisis to know of. It has been counted here, so it counts nothing there. */
const firingOf = ({ crisis, at }: Decision): Tally[] => {
  const { severity, type, rule, why } = crisis.classification;
  const [service] = crisis.services;
  const firing = Object.entries(crisis.alerts).filter(([, { status }]) => status === 'firing');
  return firing.map(([dedupKey, { summary, firstAt }], index) => ({
    alert: {
      id: keyFor({ crisis } as Decision, 'merged', index),
      format: 'report',
      detection: 'monitoring alert',
      status: 'firing',
      dedupKey,
      summary,
      ...(service !== undefined && { service }),
      labels: {},
      facts: crisis.facts,
      startedAt: firstAt,
      receivedAt: at,
    },
    count: 0,
    lastAt: at,
    said: { severity, type, rule, why },
    cause: crisis.correlationKey,
  }));
};

/** The responders go on in the other crisis, which hears what fires here; this one ends without telling anybody of an end. */
export const merge = (d: Decision, actor: Actor, { into, reason, unlessAnswered }: Merge): void => {
  const to = parseCrisisId(into).correlationKey;
  const { crisisId } = d.crisis;
  const link = (relation: string) =>
    perform(d, {
      kind: 'send',
      key: keyFor(d, 'link', d.crisis.seq),
      to,
      command: 'link',
      input: { id: keyFor(d, 'linked', to), by: 'firebreak', to: crisisId, relation },
    });
  if (unlessAnswered && d.crisis.acknowledgedAt !== undefined) {
    record(d, { type: 'linked', to: into, relation: 'belongs with', ...actor });
    return link('belongs with');
  }
  const tallies = firingOf(d);
  record(d, { type: 'merged', into, ...actor, ...(reason !== undefined && { reason }) });
  if (tallies.length > 0)
    perform(d, {
      kind: 'send',
      key: keyFor(d, 'hand', d.crisis.seq),
      to,
      command: 'alert',
      input: { id: keyFor(d, 'merged', to), by: 'firebreak', via: 'intake', tallies },
    });
  link('merged from');
  leaveFor(d, `it goes on in ${into}`);
};

/** The cause gets a crisis, people and clocks of its own. */
export const split = (d: Decision, actor: Actor, { cause, reason }: Split): void => {
  const state = d.crisis.causes?.[cause];
  if (!state) return;
  const { type } = d.crisis.classification;
  const why = `${actor.by} split it out of ${d.crisis.crisisId}${reason === undefined ? '' : `: ${reason}`}`;
  const key = keyFor(d, 'split', d.crisis.seq);
  record(d, { type: 'split', cause, ...actor, ...(reason !== undefined && { reason }) });
  const tally: Tally = {
    alert: {
      id: key,
      format: 'report',
      detection: 'monitoring alert',
      status: 'firing',
      dedupKey: `split:${cause}`,
      summary: state.title === '' ? cause : state.title,
      ...(state.service !== undefined && { service: state.service }),
      labels: {},
      facts: {},
      startedAt: state.firstAt,
      receivedAt: d.at,
      by: actor.by,
    },
    count: 0,
    lastAt: d.at,
    said: { severity: state.severity, type, rule: 'split', why },
  };
  perform(d, { kind: 'open', key, cause, crisisId: d.crisis.crisisId, by: actor.by, tallies: [tally] });
};

/** Alerts for a crisis that is over by now: what fires among them opens one of its own, or nobody would be called. */
export const reopen = (d: Decision, { key, to, input: { by, tallies } }: AlertEffect): void => {
  const { crisisId, correlationKey, mergedInto } = d.crisis;
  const opening = tallies.filter(opens);
  if (opening.length === 0) return;
  const cause = mergedInto === undefined ? to : correlationKey;
  perform(d, { kind: 'open', key: `${key}/again`, cause, crisisId, by, tallies: opening });
};
type AlertEffect = Extract<SendEffect, { command: 'alert' }>;

/** What comes for a cause that was split out goes on to its own crisis, and is not counted here. */
export const withoutSplit = (d: Decision, tallies: readonly Tally[]): readonly Tally[] => {
  const { causes = {} } = d.crisis;
  const gone = ({ cause }: Tally): boolean =>
    cause !== undefined && Object.hasOwn(causes, cause) && causes[cause]?.split === true;
  const elsewhere = tallies.filter(gone);
  if (elsewhere.length === 0) return tallies;
  const names = [...new Set(elsewhere.map(({ cause }) => cause ?? ''))];
  for (const cause of names) {
    const key = keyFor(d, 'on', d.crisis.seq, cause, elsewhere[0]?.alert.id ?? '');
    const own = elsewhere.filter((tally) => tally.cause === cause).map(({ cause: _cause, ...tally }) => tally);
    const input = { id: key, by: 'firebreak', via: 'intake', tallies: own } as const;
    perform(d, { kind: 'send', key, to: cause, command: 'alert', input });
  }
  return tallies.filter((tally) => !gone(tally));
};
