import { called, listed, type Names } from './describe/words.js';
import type { Crisis } from './crisis.js';
import type { Delivery } from './delivery.js';
import { minutes, spoken } from './duration.js';
import type { Event, EventOf, EventType } from './event.js';
import { figures } from './figures.js';
import type { Expectations } from './scenario.js';
import { refusedByDrill } from './scenario/bounds.js';

/** The specification's promise: somebody is engaged within five minutes. */
export const promisedEngagementMs = minutes(5);

export type Check = { what: string; expected: string; got: string; holds: boolean };

/** How a rehearsed crisis went. Durations are those of the plan: what ran `scale` times faster is counted back. */
export type Scorecard = {
  crisisId: string;
  severity: string;
  status: string;
  scale: number;
  /** The promise of the specification, whatever the scenario expects. */
  promise: { withinMs: number; engagedAfterMs?: number; kept: boolean };
  pages: { intended: number; reached: number; failed: number; uncertain: number; calledOff: number; unsettled: number };
  tells: { intended: number; reached: number; failed: number };
  /** Every intended message has an end that is known. */
  reconciled: boolean;
  escalations: number;
  budgetsEnded: number;
  /** What the drill did not let out: messages and actions beyond its bounds. */
  refused: readonly string[];
  /** Messages of which nobody can say whether they went out, and why not. Scorecards of before do not name them. */
  inDoubt?: readonly string[];
  checks: readonly Check[];
  holds: boolean;
};

export type Material = {
  crisis: Crisis;
  events: readonly Event[];
  /** The crisis when all is over, where that is later than what is judged: what was on its way may settle. */
  final?: Crisis;
  deliveries: readonly Delivery[];
  expect: Expectations;
  scale?: number;
  names?: Names;
};

const isA =
  <Type extends EventType>(type: Type) =>
  (event: Event): event is EventOf<Type> =>
    event.type === type;

const time = (durationMs: number | undefined): string => (durationMs === undefined ? 'never' : spoken(durationMs));

const check = (what: string, expected: string, got: string, holds = expected === got): Check => ({
  what,
  expected,
  got,
  holds,
});

const within = (what: string, limitMs: number | undefined, gotMs: number | undefined): Check =>
  check(
    what,
    limitMs === undefined ? 'at some time' : `within ${spoken(limitMs)}`,
    gotMs === undefined ? 'never' : `after ${spoken(gotMs)}`,
    gotMs !== undefined && gotMs <= (limitMs ?? Infinity),
  );

/** When management first heard, by a page or a message, counted from the declaration. */
const rungHeardAt = (events: readonly Event[], rung: string): number | undefined =>
  events.find(
    (event) =>
      (event.type === 'managementTold' && event.rung === rung) ||
      (event.type === 'stepTaken' && event.engagement === `rung:${rung}`),
  )?.at;

const lastResult = (events: readonly Event[], action: string): string =>
  events.filter(isA('actionEnded')).findLast((ended) => ended.action === action)?.result.status ?? 'not run';

const checksOf = ({ crisis, events, expect, scale = 1, names = {} }: Material, engagedMs: number | undefined) => {
  const since = (at: number | undefined) => (at === undefined ? undefined : (at - crisis.declaredAt) * scale);
  const paged = events.filter(isA('paged'));
  const firstPage = (person: string) => since(paged.find((page) => page.person === person)?.at);
  const answerer = events.find(isA('acknowledged'))?.by ?? 'nobody';
  const budgets = events.filter(isA('phaseBudgetEnded')).length;
  const { severity, type, status, engagedWithinMs, nobodyEngages, answeredBy, budgetsEnded, regressions, alerts } =
    expect;
  return [
    ...(severity ? [check('severity', severity, crisis.classification.severity)] : []),
    ...(type ? [check('type', type, crisis.type)] : []),
    ...(status ? [check('status at the end', status, crisis.status)] : []),
    ...(engagedWithinMs === undefined ? [] : [within('somebody is engaged', engagedWithinMs, engagedMs)]),
    ...(nobodyEngages ? [check('somebody is engaged', 'never', time(engagedMs))] : []),
    ...(answeredBy === undefined ? [] : [check('acknowledged first by', answeredBy, answerer)]),
    ...expect.paged.map(({ person, withinMs }) => within(`${person} is paged`, withinMs, firstPage(person))),
    ...expect.notPaged.map((person) => check(`${person} is paged`, 'never', time(firstPage(person)))),
    ...(budgetsEnded === undefined ? [] : [check('budgets ended', String(budgetsEnded), String(budgets))]),
    ...expect.management.map(({ rung, withinMs }) =>
      within(`the ${called(names, 'rung', rung)} hears`, withinMs, since(rungHeardAt(events, rung))),
    ),
    ...Object.entries(expect.procedures).map(([id, wanted]) =>
      check(called(names, 'procedure', id), wanted, crisis.procedures[id]?.status ?? 'not started'),
    ),
    ...Object.entries(expect.actions).map(([id, wanted]) =>
      check(called(names, 'action', id), wanted, lastResult(events, id)),
    ),
    ...(regressions === undefined
      ? []
      : [check('regressions', String(regressions), String(events.filter(isA('regressed')).length))]),
    ...(alerts === undefined ? [] : [check('alerts counted', String(alerts), String(crisis.alertCount))]),
  ];
};

const named = ({ kind, person, channel, to }: Delivery): string =>
  `${kind} to ${person} by ${channel}${to === '' ? '' : ` (${to})`}`;

const refusalsOf = ({ events, deliveries }: Material): string[] => [
  ...deliveries.filter(({ reason }) => reason?.includes(refusedByDrill)).map(named),
  ...events
    .filter(isA('actionEnded'))
    .filter(({ result }) => result.summary.includes(refusedByDrill))
    .map(({ action }) => `action ${action}`),
];

const doubtsOf = ({ deliveries }: Material): string[] =>
  deliveries
    .filter(({ status }) => status === 'uncertain')
    .map((row) => `${named(row)}: ${row.reason ?? 'no reason was given'}`);

/** Counts each message by where it ended; `expect` and the promise decide what holds. */
export const scoreOf = (material: Material): Scorecard => {
  const { crisis, events, deliveries, scale = 1 } = material;
  const found = figures(events);
  const engagedAfterMs = found.engageMs === undefined ? undefined : found.engageMs * scale;
  const count = (kind: Delivery['kind'], ...statuses: Delivery['status'][]): number =>
    deliveries.filter((row) => row.kind === kind && (statuses.length === 0 || statuses.includes(row.status))).length;
  const tells = Object.values((material.final ?? crisis).tells);
  const unsettled = count('page', 'intended') + count('tell', 'intended') + tells.filter((one) => !one.settled).length;
  const uncertain = count('page', 'uncertain') + count('tell', 'uncertain');
  const reconciled = unsettled === 0 && uncertain === 0;
  const checks = [
    ...checksOf(material, engagedAfterMs),
    check(
      'messages reconciled',
      'every one settled',
      reconciled ? 'every one settled' : listed([`${unsettled} unsettled`, `${uncertain} uncertain`]),
    ),
  ];
  return {
    crisisId: crisis.crisisId,
    severity: crisis.classification.severity,
    status: crisis.status,
    scale,
    promise: {
      withinMs: promisedEngagementMs,
      ...(engagedAfterMs !== undefined && { engagedAfterMs }),
      kept: engagedAfterMs !== undefined && engagedAfterMs <= promisedEngagementMs,
    },
    pages: {
      intended: count('page'),
      reached: count('page', 'sent', 'delivered', 'acknowledged'),
      failed: count('page', 'failed'),
      uncertain: count('page', 'uncertain'),
      calledOff: count('page', 'cancelled'),
      unsettled: count('page', 'intended'),
    },
    tells: {
      intended: count('tell'),
      reached: count('tell', 'sent', 'delivered', 'acknowledged'),
      failed: count('tell', 'failed'),
    },
    reconciled,
    escalations: found.escalations,
    budgetsEnded: events.filter(isA('phaseBudgetEnded')).length,
    refused: refusalsOf(material),
    inDoubt: doubtsOf(material),
    checks,
    holds: checks.every(({ holds }) => holds),
  };
};
