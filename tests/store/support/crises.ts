import type { Alert } from '../../../src/domain/alert.js';
import type { Classification } from '../../../src/domain/classification.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import type { Delivery } from '../../../src/domain/delivery.js';
import type { Event } from '../../../src/domain/event.js';
import type { NumberedEvent } from '../../../src/domain/record.js';
import type { Projection } from '../../../src/store/store.js';

export const start = Date.parse('2026-03-02T03:00:00Z');

export const classification = (severity: Classification['severity'] = 'P0'): Classification => ({
  severity,
  type: 'productionOutage',
  rule: 'complete-outage',
  why: 'Nobody can use the shop',
  facts: { completeOutage: true },
  also: [],
});

export const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id,
  format: 'alertmanager',
  detection: 'monitoring alert',
  status: 'firing',
  dedupKey: id,
  summary: 'Checkout answers 503',
  labels: { alertname: 'CheckoutDown' },
  facts: { completeOutage: true },
  receivedAt: start,
  ...more,
});

export const crisis = (more: Partial<Crisis> = {}): Crisis => ({
  crisisId: 'shop-2026-03-02-a',
  correlationKey: 'shop',
  type: 'productionOutage',
  mode: 'live',
  title: 'Checkout answers 503',
  services: ['shop'],
  declaredAt: start,
  startedAt: start,
  seq: 1,
  status: 'triggered',
  stoodDown: false,
  classification: classification(),
  facts: {},
  phase: 0,
  budgetsEnded: 0,
  alerts: {},
  alertCount: 1,
  engagements: {},
  quiet: false,
  roles: {},
  tasks: {},
  procedures: {},
  actions: [],
  approvals: {},
  deliveries: {},
  tells: {},
  monitoring: false,
  lastActedAt: start,
  rungsTold: [],
  links: [],
  ...more,
});

export const delivery = (key: string, more: Partial<Delivery> = {}): Delivery => ({
  key,
  kind: 'page',
  about: 'response',
  person: 'ana',
  channel: 'email',
  to: 'ana@example.com',
  status: 'intended',
  intendedAt: start,
  ...more,
});

export const noted = (text: string, at = start): Event => ({ type: 'noted', at, by: 'ana', text });

export const numbered = (first: number, ...events: Event[]): NumberedEvent[] =>
  events.map((event, index) => ({ seq: first + index, event }));

export const projection = (of: Crisis, events: readonly NumberedEvent[] = [], runId = 'run-1'): Projection => ({
  workflowId: `crisis:${of.correlationKey}`,
  runId,
  crisis: of,
  events,
});
