import type { ActionResult } from '../action.js';
import type { Command } from '../command.js';
import type { Effect, Outcome, RunEffect, TellEffect } from '../effect.js';
import type { Declaration } from '../engine/occasion.js';
import type { Contact } from '../person.js';
import type { Plan } from '../plan.js';
import { momentsOf, type Moment, type MomentOf, type Scenario } from '../scenario.js';
import { simulate, type Course, type Scripted } from '../simulate.js';
import type { Settings } from '../settings.js';
import { receivedOf, tallyOf } from './alerting.js';
import { commandOf } from './moments.js';
import { absencesOf, channelFault, scriptedResult } from './faults.js';

/** How long a message and a look-up take, when nothing is wrong; a guess that changes no decision. */
const messageMs = 500;
const lookUpMs = 50;
const quickActionMs = 1_000;

export type Rehearsal = {
  scenario: Scenario;
  plan: Plan;
  /** When it is declared, in milliseconds since 1970: it decides who is on call. */
  declaredAt: number;
  /** What the configuration knows of alerts beside what they say. */
  facts?: Settings['facts'];
};

const isAlert = (moment: Moment): moment is MomentOf<'alert'> => 'alert' in moment;

const occasionOf = (
  { scenario, plan, declaredAt, facts = [] }: Rehearsal,
  moment: Moment,
  index: number,
): Scripted[] => {
  if (isAlert(moment)) {
    const said = { id: `rehearsed-${index}`, at: declaredAt + moment.after };
    const { alert, classification } = receivedOf(scenario, moment, said, { facts, rules: plan.rules });
    const tallies = [tallyOf(alert, moment.alert.count, classification)];
    const command: Command = { command: 'alert', by: 'monitor', tallies };
    return [{ afterMs: moment.after, occasion: { type: 'command', command } }];
  }
  const command = commandOf(moment);
  if (!command) return [];
  // Whoever a scenario names is taken to be there in person.
  const proof = { actor: { kind: 'person', id: command.by, key: 'rehearsal' } } as const;
  return [{ afterMs: moment.after, occasion: { type: 'command', command, proof } }];
};

const declarationOf = (
  { scenario, plan, declaredAt, facts = [] }: Rehearsal,
  opening: MomentOf<'alert'>,
): Declaration => {
  const said = { id: 'rehearsed-opening', at: declaredAt };
  const { alert, classification } = receivedOf(scenario, opening, said, { facts, rules: plan.rules });
  return {
    crisisId: `${plan.service.id}-rehearsal`,
    correlationKey: plan.service.id,
    crisisType: plan.playbook.type,
    mode: 'live',
    title: alert.summary,
    services: [plan.service.id],
    by: 'monitor',
    startedAt: declaredAt,
    classification,
    tallies: [tallyOf(alert, opening.alert.count, classification)],
  };
};

/** How a rehearsed action ends: as the scenario says, else well. */
const resultOf = (scenario: Scenario, { actionId }: RunEffect, offsetMs: number, at: number): ActionResult => {
  const said = scriptedResult(scenario, actionId, offsetMs);
  const times = { startedAt: at, endedAt: at + (said?.tookMs ?? quickActionMs) };
  if (!said)
    return { status: 'succeeded', summary: 'taken to succeed: nothing is run in a rehearsal', output: '', ...times };
  return { status: said.status, summary: said.summary ?? `${said.status}, as the scenario says`, output: '', ...times };
};

const recipientsOf = ({ audience, audienceId }: TellEffect, plan: Plan): { person: string; contact: Contact }[] => [
  ...audience.people.flatMap((person) => {
    const contacts = plan.roster.people[person]?.contacts ?? [];
    const [contact] = contacts.toSorted((a, b) => Number(a.urgent) - Number(b.urgent));
    return contact ? [{ person, contact }] : [];
  }),
  ...audience.contacts.map((contact) => ({ person: audienceId, contact })),
];

/** What the world makes of an effect on the simulated clock. */
const answer = ({ scenario, plan, declaredAt }: Rehearsal, effect: Effect, at: number) => {
  const offsetMs = at - declaredAt;
  const after = (afterMs: number, outcome: Outcome) => ({ afterMs, outcome });
  switch (effect.kind) {
    case 'page': {
      const reason = channelFault(scenario, effect, offsetMs);
      return after(messageMs, {
        of: effect,
        page: reason === undefined ? { status: 'sent', ref: effect.key } : { status: 'failed', reason },
      });
    }
    case 'tell':
      return after(messageMs, {
        of: effect,
        tell: {
          deliveries: recipientsOf(effect, plan).map(({ person, contact: { channel, to } }) => {
            const reason = channelFault(scenario, { channel, person }, offsetMs);
            const row = { key: `${effect.key}/${channel}:${to}`, person, channel, to, at: at + messageMs };
            return reason === undefined ? { ...row, status: 'sent' } : { ...row, status: 'failed', reason };
          }),
        },
      });
    case 'run': {
      const run = resultOf(scenario, effect, offsetMs, at);
      return after(run.endedAt - run.startedAt, { of: effect, run });
    }
    case 'lookUp':
      return after(lookUpMs, { of: effect, roster: { ...plan.roster, asOf: at } });
    case 'pace':
    case 'send':
      return after(lookUpMs, { of: effect });
    case 'open':
      return after(lookUpMs, { of: effect, opened: effect.crisisId });
    case 'cancel':
    case 'archive':
      return undefined;
  }
};

/** The simulated clock knows one absence: the longest stands for all. */
const absenceIn = (scenario: Scenario, openedMs: number) => {
  const [longest] = absencesOf(scenario).toSorted((a, b) => b.untilMs - b.fromMs - (a.untilMs - a.fromMs));
  return longest ? { away: { fromMs: longest.fromMs - openedMs, toMs: longest.untilMs - openedMs } } : {};
};

/** A scenario on the simulated clock: what the plan would make of such a night, in milliseconds. */
export const rehearse = (rehearsal: Rehearsal): Course => {
  const { scenario, plan, declaredAt } = rehearsal;
  const moments = momentsOf(scenario);
  const opening = moments.find(isAlert);
  if (!opening) throw new Error('the scenario has no alert');
  const startsAt = declaredAt + opening.after;
  const shifted = { ...rehearsal, declaredAt };
  return simulate({
    plan,
    declaration: declarationOf({ ...rehearsal, declaredAt: startsAt }, opening),
    declaredAt: startsAt,
    script: moments
      .filter((moment) => moment !== opening)
      .flatMap((moment, index) => occasionOf(shifted, moment, index))
      .map((scripted) => ({ ...scripted, afterMs: scripted.afterMs - opening.after })),
    respond: (effect, at) => answer(rehearsal, effect, at),
    ...absenceIn(scenario, opening.after),
    untilMs: scenario.until - opening.after,
  });
};
