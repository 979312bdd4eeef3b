import { spoken } from '../duration.js';
import { markNames } from '../regulatory/mark.js';
import type { Sayings } from './sayings.js';
import { actor, because, called, counted, listed, oneLine } from './words.js';

type Regulatory = 'marked' | 'filed' | 'deadlineReminded' | 'deadlineOverdue' | 'watchEnded';

const outcomes = { filed: 'filed', part: 'filed the first part of', notRequired: 'judged not required' } as const;

/** A moment whose day matters: a regulator's deadline may be weeks away. */
const day = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What regulators count from and are told. */
export const regulators: Sayings<Regulatory> = {
  marked: (e, names) => {
    const running = e.deadlines.filter(({ expected }) => !expected).length;
    return `${actor(names, e)} marked when ${markNames[e.anchor]}: ${day(e.moment)}${because(e.reason)}; ${counted(running, 'deadline')} now ${running === 1 ? 'runs' : 'run'}.`;
  },
  filed: (e, names) => {
    const { obligation, outcome, to, reference, reason, lateMs, at } = e.filing;
    const late = lateMs === undefined ? '' : `, ${spoken(lateMs)} late`;
    const ref = reference === undefined ? '' : `, reference ${oneLine(reference, 200)}`;
    return `${actor(names, e)} ${outcomes[outcome]} "${called(names, 'obligation', obligation)}"${outcome === 'notRequired' ? '' : ` with ${oneLine(to)} at ${day(at)}`}${late}${ref}${because(reason)}.`;
  },
  deadlineReminded: (e, names) =>
    `Whoever must file "${called(names, 'obligation', e.obligation)}" is reminded: it is due at ${day(e.dueAt)}.`,
  deadlineOverdue: (e, names) =>
    `"${called(names, 'obligation', e.obligation)}" is overdue since ${day(e.dueAt)}: it is escalated to the ${called(names, 'rung', e.rung)}.`,
  watchEnded: (e, names) =>
    `The regression watch has ended quietly; the crisis stays open until regulators have been answered: ${listed(e.waitsFor.map((id) => called(names, 'obligation', id)))}.`,
};
