import type { Alert } from '../../../src/domain/alert.js';
import type { Classification } from '../../../src/domain/classification.js';
import type { EventOf, EventType } from '../../../src/domain/event.js';
import type { Person, Roster } from '../../../src/domain/person.js';

export const startedAt = Date.UTC(2026, 2, 2, 3, 0, 0);
export const at = (minute: number): number => startedAt + minute * 60_000;

export const classification: Classification = {
  severity: 'P0',
  type: 'productionOutage',
  rule: 'complete-outage',
  why: 'Complete service outage (completeOutage=true)',
  facts: { completeOutage: true },
  also: [],
};

export const alert = (over: Partial<Alert> = {}): Alert => ({
  id: 'alert-1',
  format: 'alertmanager',
  detection: 'monitoring alert',
  status: 'firing',
  dedupKey: 'shop-down',
  summary: 'Shop is down',
  labels: {},
  facts: { completeOutage: true },
  receivedAt: at(0),
  ...over,
});

const person = (name: string): Person => ({
  name,
  timeZone: 'UTC',
  roles: [],
  contacts: [{ channel: 'email', to: `${name.toLowerCase()}@example.org`, urgent: true }],
});

export const roster: Roster = {
  asOf: at(0),
  primary: ['ana'],
  secondary: ['ben'],
  commander: ['cem'],
  rotation: ['ana', 'ben'],
  people: { ana: person('Ana'), ben: person('Ben'), cem: person('Cem'), dia: person('Dia') },
};

export const declared: EventOf<'declared'> = {
  type: 'declared',
  at: at(0),
  by: 'firebreak',
  crisisId: 'C-1',
  correlationKey: 'shop',
  crisisType: 'productionOutage',
  mode: 'live',
  title: 'Shop is down',
  services: ['shop'],
  startedAt: at(-2),
  classification,
};

const result = {
  status: 'uncertain',
  summary: 'the connection was cut',
  output: '',
  startedAt: at(1),
  endedAt: at(2),
} as const;
const step = { as: 'procedure', procedure: 'mitigate', step: 0 } as const;
const page = 'C-1/response/r1/s0/ana/email';

/** One event of every type; the type of this table keeps it complete. */
export const everyEvent: { readonly [Type in EventType]: EventOf<Type> } = {
  declared,
  alerted: { type: 'alerted', at: at(0), tallies: [{ alert: alert(), count: 3, lastAt: at(0) }] },
  alertsCleared: { type: 'alertsCleared', at: at(9), count: 3 },
  assessed: { type: 'assessed', at: at(3), by: 'ana', facts: { usersAffectedPercent: 40, regions: ['eu', 'us'] } },
  reclassified: {
    type: 'reclassified',
    at: at(4),
    by: 'firebreak',
    was: 'P1',
    classification,
  },
  phaseEntered: { type: 'phaseEntered', at: at(0), phase: 0 },
  phaseBudgetEnded: { type: 'phaseBudgetEnded', at: at(5), phase: 0, repeat: 0, open: ['assess-scope'] },
  taskDone: { type: 'taskDone', at: at(2), by: 'ana', task: 'assess-scope', note: 'only the checkout' },
  taskSkipped: { type: 'taskSkipped', at: at(2), by: 'ana', task: 'scale', reason: 'not about capacity' },
  taskFailed: { type: 'taskFailed', at: at(2), task: 'open-channels', reason: 'no bridge is configured' },
  engagementOpened: {
    type: 'engagementOpened',
    at: at(0),
    engagement: 'response',
    reason: 'you are on call',
    steps: [],
    repeatAfterMs: 300_000,
  },
  lookUpBegan: { type: 'lookUpBegan', at: at(0), engagement: 'response', step: 0 },
  rosterSeen: { type: 'rosterSeen', at: at(0), roster },
  rosterFailed: { type: 'rosterFailed', at: at(0), reason: 'no worker' },
  stepTaken: {
    type: 'stepTaken',
    at: at(2),
    engagement: 'response',
    round: 2,
    step: 1,
    people: ['ana', 'ben'],
    late: 90_000,
    missed: 1,
  },
  roundEnded: { type: 'roundEnded', at: at(10), engagement: 'rung:cto', round: 1 },
  paged: {
    type: 'paged',
    at: at(0),
    key: page,
    engagement: 'response',
    person: 'ana',
    channel: 'email',
    to: 'ana@example.org',
    instead: 'sms',
  },
  pageSettled: { type: 'pageSettled', at: at(0), key: page, status: 'uncertain', possibleRepeat: true },
  nobodyToPage: { type: 'nobodyToPage', at: at(2), engagement: 'response', step: 2, targets: ['secondary'] },
  acknowledged: { type: 'acknowledged', at: at(3), by: 'ana', via: 'link', engagements: ['response', 'rung:cto'] },
  declined: { type: 'declined', at: at(1), by: 'ben', reason: 'on a train' },
  escalated: { type: 'escalated', at: at(1), by: 'ana' },
  engagementEnded: { type: 'engagementEnded', at: at(9), engagement: 'person:dia', reason: 'resolved' },
  ackForgotten: { type: 'ackForgotten', at: at(18), idleMs: 900_000 },
  procedureStarted: { type: 'procedureStarted', at: at(0), procedure: 'mitigate', by: 'firebreak' },
  actionStarted: {
    type: 'actionStarted',
    at: at(0),
    key: 'C-1/run/rollback/9',
    action: 'shop-rollback',
    purpose: 'do',
    context: step,
    by: 'firebreak',
    authority: 'policy',
  },
  actionEnded: {
    type: 'actionEnded',
    at: at(1),
    key: 'C-1/run/rollback/9',
    action: 'shop-rollback',
    purpose: 'undo',
    context: step,
    result,
  },
  stepSkipped: { type: 'stepSkipped', at: at(1), procedure: 'mitigate', step: 1, reason: 'nothing is configured' },
  stepBaking: { type: 'stepBaking', at: at(1), procedure: 'deployFix', step: 0, until: at(6) },
  stepVerified: { type: 'stepVerified', at: at(2), procedure: 'mitigate', step: 0, ok: true, reason: 'healthy' },
  procedureAsks: { type: 'procedureAsks', at: at(2), procedure: 'mitigate', step: 0, question: 'did it work?' },
  procedureEnded: {
    type: 'procedureEnded',
    at: at(2),
    procedure: 'mitigate',
    outcome: 'succeeded',
    reason: 'the rollback helped',
  },
  approvalRequested: {
    type: 'approvalRequested',
    at: at(2),
    by: 'ana',
    request: 'C-1/approval/12',
    action: 'shop-rollback',
    parameters: {},
    context: { as: 'request' },
    lapsesAt: at(17),
    needs: 1,
  },
  approved: { type: 'approved', at: at(3), by: 'cem', via: 'api', proven: true, request: 'C-1/approval/12' },
  rejected: { type: 'rejected', at: at(3), by: 'cem', request: 'C-1/approval/12' },
  approvalLapsed: { type: 'approvalLapsed', at: at(17), request: 'C-1/approval/12' },
  monitoringOn: { type: 'monitoringOn', at: at(0), probes: ['shop'] },
  monitoringOff: { type: 'monitoringOff', at: at(40) },
  told: {
    type: 'told',
    at: at(0),
    key: 'C-1/tell/8/customer-mail/customers',
    template: 'customer-mail',
    audience: 'customers',
    occasion: 'start',
    by: 'firebreak',
  },
  tellSettled: {
    type: 'tellSettled',
    at: at(0),
    key: 'C-1/tell/8/customer-mail/customers',
    deliveries: [
      { key: 'a', person: 'dia', channel: 'email', to: 'dia@example.org', status: 'sent', at: at(0) },
      { key: 'b', person: 'eve', channel: 'sms', to: '+49', status: 'failed', at: at(0), reason: 'unknown number' },
    ],
  },
  updatePromised: { type: 'updatePromised', at: at(0), until: at(20) },
  updateReminded: { type: 'updateReminded', at: at(17), promisedAt: at(20) },
  managementTold: { type: 'managementTold', at: at(5), rung: 'engineering-manager', reason: 'time ran out' },
  assigned: { type: 'assigned', at: at(0), by: 'firebreak', role: 'incident-commander', person: 'cem', from: 'ana' },
  mitigated: { type: 'mitigated', at: at(3), by: 'firebreak', note: 'the rollback helped' },
  regressed: { type: 'regressed', at: at(8), reason: 'the health check fails again' },
  resolved: { type: 'resolved', at: at(9), by: 'ana', watchUntil: at(39) },
  reopened: { type: 'reopened', at: at(12), by: 'ana', reason: 'errors again' },
  stoodDown: { type: 'stoodDown', at: at(2), by: 'cem', reason: 'a false alarm' },
  closed: { type: 'closed', at: at(39), reason: 'the regression watch has ended quietly' },
  noted: { type: 'noted', at: at(3), by: 'ana', text: 'looking at the database' },
  linked: { type: 'linked', at: at(3), by: 'ana', to: 'C-0', relation: 'related' },
  merged: { type: 'merged', at: at(3), by: 'ana', into: 'region-20260302-abcde', reason: 'the same fire' },
  split: { type: 'split', at: at(4), by: 'ana', cause: 'cart', reason: 'it is another fault' },
  flapping: { type: 'flapping', at: at(5), dedupKey: 'Slow', summary: 'it is slow', changes: 6, withinMs: 600_000 },
  steady: { type: 'steady', at: at(15), dedupKey: 'Slow', summary: 'it is slow', status: 'resolved' },
  promoted: { type: 'promoted', at: at(3), by: 'ana', to: 'productionOutage' },
  refused: { type: 'refused', at: at(3), command: 'resolve', by: 'mallory', reason: 'recovery is not validated' },
  effectFailed: { type: 'effectFailed', at: at(3), what: 'lookUp', reason: 'timed out' },
};
