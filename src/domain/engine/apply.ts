import type { Crisis } from '../crisis.js';
import type { Event, EventOf, EventType } from '../event.js';
import { foldActions } from './fold/actions.js';
import { foldAlerts } from './fold/alerts.js';
import { foldLife } from './fold/life.js';
import { foldPaging } from './fold/paging.js';
import { foldTelling } from './fold/telling.js';

type Folds = { readonly [Type in EventType]: (crisis: Crisis, event: EventOf<Type>) => Crisis };

const folds: Folds = { ...foldLife, ...foldAlerts, ...foldPaging, ...foldActions, ...foldTelling };

/** The state after one more event. Total: every event has its row, and none of them throws. */
export const apply = (crisis: Crisis, event: Event): Crisis => {
  const fold = folds[event.type] as (crisis: Crisis, event: Event) => Crisis;
  const next = fold(crisis, event);
  // What a fold has just made is nobody else's yet, so it need not be copied once more.
  if (next === crisis) return { ...crisis, seq: crisis.seq + 1 };
  next.seq = crisis.seq + 1;
  return next;
};

/** Nothing has happened yet; `declared` fills it in. */
export const blank: Crisis = {
  crisisId: '',
  correlationKey: '',
  type: 'productionOutage',
  mode: 'live',
  title: '',
  services: [],
  declaredAt: 0,
  startedAt: 0,
  seq: 0,
  status: 'triggered',
  stoodDown: false,
  classification: { severity: 'P1', type: 'productionOutage', rule: '', why: '', facts: {}, also: [] },
  facts: {},
  phase: 0,
  budgetsEnded: 0,
  alerts: {},
  alertCount: 0,
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
  lastActedAt: 0,
  rungsTold: [],
  links: [],
};
