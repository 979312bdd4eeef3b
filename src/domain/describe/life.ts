import { spoken } from '../duration.js';
import type { EventOf } from '../event.js';
import { roles } from '../role.js';
import type { Sayings } from './sayings.js';
import { actor, because, called, clock, counted, oneLine, personCalled } from './words.js';

type Life =
  | 'declared'
  | 'phaseEntered'
  | 'phaseBudgetEnded'
  | 'taskDone'
  | 'taskSkipped'
  | 'taskFailed'
  | 'assigned'
  | 'mitigated'
  | 'regressed'
  | 'resolved'
  | 'reopened'
  | 'stoodDown'
  | 'closed'
  | 'noted'
  | 'evidenceKept'
  | 'linked'
  | 'merged'
  | 'split'
  | 'promoted'
  | 'attackFound'
  | 'admitted'
  | 'dismissed'
  | 'refused'
  | 'effectFailed';

const linked = (links: EventOf<'declared'>['links'] = []): string =>
  links
    .map(
      ({ to, relation }) =>
        ` ${relation === 'follows' ? 'It follows' : `Link (${oneLine(relation, 50)}):`} ${oneLine(to)}.`,
    )
    .join('');

/** How the crisis itself goes on. */
export const life: Sayings<Life> = {
  declared: (e, names) =>
    `${personCalled(names, e.by)} declared a ${e.classification.severity} ${e.crisisType === 'watch' ? 'watch' : 'crisis'}${e.mode === 'drill' ? ' as a drill' : ''}: ${oneLine(e.title)}. ${oneLine(e.classification.why)}.${linked(e.links)}`,
  phaseEntered: (e, names) => `Phase ${e.phase + 1} began: ${phase(names, e.phase)}.`,
  phaseBudgetEnded: (e, names) =>
    e.repeat > 0
      ? `Still unresolved, ${counted(e.repeat, 'interval')} after the last phase should have ended; ${counted(e.open.length, 'task')} open.`
      : `The time for phase ${e.phase + 1} (${phase(names, e.phase)}) ran out with ${counted(e.open.length, 'task')} open.`,
  taskDone: (e, names) => `${actor(names, e)} completed "${called(names, 'task', e.task)}"${because(e.note)}.`,
  taskSkipped: (e, names) => `${actor(names, e)} skipped "${called(names, 'task', e.task)}"${because(e.reason)}.`,
  taskFailed: (e, names) =>
    `"${called(names, 'task', e.task)}" could not be done automatically and waits for a person${because(e.reason)}.`,
  assigned: (e, names) => {
    const to = `${personCalled(names, e.person)} is now ${roles[e.role].title}`;
    const from = e.from === undefined ? '' : `, taking over from ${personCalled(names, e.from)}`;
    return `${to}${from} (assigned by ${actor(names, e)})${because(e.note)}.`;
  },
  mitigated: (e, names) => `${actor(names, e)} reported that the impact has ended${because(e.note)}.`,
  regressed: (e) => `It came back: ${oneLine(e.reason)}.`,
  resolved: (e, names) =>
    `${actor(names, e)} resolved the crisis${because(e.reason)}. It is watched for a regression for ${spoken(e.watchUntil - e.at)}, until ${clock(e.watchUntil)}.`,
  reopened: (e, names) => `${actor(names, e)} reopened the crisis${because(e.reason)}.`,
  stoodDown: (e, names) => `${actor(names, e)} stood everyone down${because(e.reason)}.`,
  closed: (e) => `The crisis is closed${because(e.reason)}.`,
  evidenceKept: (e, names) =>
    `${actor(names, e)} ${e.entry.did === 'collected' ? 'collected' : 'handed over'} ${oneLine(e.entry.item, 100)} as evidence, ${oneLine(e.entry.said)} (entry ${e.entry.seq}).`,
  noted: (e, names) => `${actor(names, e)} noted: ${oneLine(e.text, 1000)}`,
  linked: (e, names) => `${actor(names, e)} linked ${oneLine(e.to)} as ${oneLine(e.relation)}.`,
  merged: (e, names) =>
    `${actor(names, e)} merged this crisis into ${oneLine(e.into)}${because(e.reason)}. What comes of its cause goes there.`,
  split: (e, names) => `${actor(names, e)} made a crisis of its own of ${oneLine(e.cause)}${because(e.reason)}.`,
  promoted: (e, names) => `${actor(names, e)} made a crisis of the watch (${e.to}); its clocks start now.`,
  attackFound: (e, names) =>
    `${personCalled(names, e.by)} found that it is an attack: a restricted security crisis is opened for that.`,
  admitted: (e, names) =>
    `${actor(names, e)} let ${personCalled(names, e.person)} see this crisis${because(e.reason)}.`,
  dismissed: (e, names) =>
    `${actor(names, e)} dismissed ${personCalled(names, e.person)}, who may not see it any more${because(e.reason)}.`,
  refused: (e, names) => `"${oneLine(e.command)}" by ${actor(names, e)} was refused${because(e.reason)}.`,
  effectFailed: (e) => `${oneLine(e.what)} did not work${because(e.reason)}.`,
};

const phase = (names: Parameters<typeof called>[0], index: number): string => called(names, 'phase', String(index));
