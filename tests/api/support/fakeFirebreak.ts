import {
  CommandRefused,
  NoSuchCrisis,
  Unreachable,
  type Accepted,
  type Done,
  type Firebreak,
  type View,
} from '../../../src/client/firebreak.js';
import type { Alert } from '../../../src/domain/alert.js';
import type { Classification } from '../../../src/domain/classification.js';
import type { SigningActor } from '../../../src/domain/commandProof.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import { productionOutage } from '../../../src/playbooks/productionOutage.js';

const critical: Classification = {
  severity: 'P0',
  type: 'productionOutage',
  rule: 'complete-outage',
  why: 'A complete outage (completeOutage=true)',
  facts: { completeOutage: true },
  also: [],
};

export const declaredAt = Date.UTC(2026, 0, 5, 9, 30);
export const pageKey = 'page:ana';

/** A crisis in which Ana is asked, and nobody has answered. */
export const crisisOf = (crisisId: string, over: Partial<Crisis> = {}): Crisis => ({
  crisisId,
  correlationKey: 'shop',
  type: 'productionOutage',
  mode: 'live',
  title: 'Checkout answers 500',
  services: ['shop'],
  declaredAt,
  startedAt: declaredAt - 60_000,
  seq: 3,
  status: 'triggered',
  stoodDown: false,
  classification: critical,
  facts: critical.facts,
  phase: 0,
  budgetsEnded: 0,
  alerts: {},
  alertCount: 0,
  engagements: {
    response: {
      id: 'response',
      reason: 'on call',
      openedAt: declaredAt,
      repeatAfterMs: 600_000,
      round: 1,
      roundStartedAt: declaredAt,
      step: 1,
      lookingUp: false,
      paged: ['ana'],
      declined: [],
    },
  },
  quiet: false,
  roles: {},
  tasks: {},
  procedures: {},
  actions: [],
  approvals: {},
  tells: {},
  deliveries: {
    [pageKey]: {
      key: pageKey,
      kind: 'page',
      about: 'response',
      person: 'ana',
      channel: 'email',
      to: 'ana@shop.example',
      status: 'sent',
      intendedAt: declaredAt,
    },
  },
  monitoring: false,
  lastActedAt: declaredAt,
  rungsTold: [],
  links: [],
  ...over,
});

const acknowledged = (crisis: Crisis, by: string, at: number): Crisis => ({
  ...crisis,
  status: 'acknowledged',
  acknowledgedBy: by,
  acknowledgedAt: at,
  engagements: Object.fromEntries(
    Object.entries(crisis.engagements).map(([id, each]) => [id, { ...each, answeredBy: by, answeredAt: at }]),
  ),
});

/**
 * Crises in memory that keep the promises of the interface: one per service, commands done once per id, refusals with
 * reasons. `state` is how the server behaves: up, not to be reached, or never answering.
 */
export const createFakeFirebreak = (now: () => number) => {
  const crises = new Map<string, Crisis>();
  const accepted: Alert[] = [];
  const commands: { crisisId: string; command: string; input: Record<string, unknown>; actor?: SigningActor }[] = [];
  const server: { state: 'up' | 'down' | 'silent' | 'noWorker' } = { state: 'up' };

  const reach = async (needsWorker: boolean): Promise<void> => {
    if (server.state === 'down') throw new Unreachable('the crisis server at 127.0.0.1:7233 cannot be reached');
    if (server.state === 'silent' || (needsWorker && server.state === 'noWorker')) await new Promise(() => undefined);
  };
  const find = (idOrKey: string): Crisis => {
    const found = crises.get(idOrKey) ?? [...crises.values()].find(({ correlationKey }) => correlationKey === idOrKey);
    if (!found) throw new NoSuchCrisis(`there is no crisis ${idOrKey}`);
    return found;
  };
  const viewOf = (crisis: Crisis): View => ({
    crisis,
    names: {},
    playbook: productionOutage,
    next: [{ at: declaredAt + 60_000, what: 'pageStep', engagement: 'response', step: 1 }],
    workflowId: `crisis:${crisis.correlationKey}`,
    runId: 'run-1',
  });
  const join = (alert: Alert): Accepted => {
    const cause = alert.service ?? alert.dedupKey;
    const crisis =
      [...crises.values()].find(({ correlationKey }) => correlationKey === cause) ??
      crisisOf(`cr-${crises.size + 1}`, { correlationKey: cause, services: [cause], title: alert.summary });
    const state = { ...alert, count: 1, firstAt: alert.receivedAt, lastAt: alert.receivedAt };
    crises.set(crisis.crisisId, { ...crisis, alerts: { ...crisis.alerts, [alert.dedupKey]: state } });
    accepted.push(alert);
    return { alertId: alert.id, workflowId: `crisis:${cause}`, classification: critical, outcome: 'crisis' };
  };

  const firebreak: Firebreak = {
    async accept(alerts) {
      await reach(false);
      return alerts.map(join);
    },
    async declare({ title, service = 'unknown' }) {
      await reach(false);
      const crisisId = `cr-${crises.size + 1}`;
      crises.set(crisisId, crisisOf(crisisId, { title, services: [service], correlationKey: service }));
      return { alertId: 'a', crisisId, workflowId: `crisis:${service}`, classification: critical, outcome: 'crisis' };
    },
    async command(idOrKey, command, input, actor): Promise<Done> {
      if (server.state !== 'noWorker') await reach(true);
      const crisis = find(idOrKey);
      const { id, by } = input as { id?: string; by: string };
      if (commands.every((each) => each.input['id'] !== id)) {
        if (crisis.status === 'closed') throw new CommandRefused(`cannot ${command}: the crisis is closed`);
        commands.push({ crisisId: crisis.crisisId, command, input, ...(actor && { actor }) });
        if (server.state === 'noWorker') return { status: 'taken' };
        if (command === 'acknowledge') crises.set(crisis.crisisId, acknowledged(crisis, by, now()));
      }
      const { crisisId, status, seq } = find(idOrKey);
      return { status: 'done', answer: { crisisId, status, phase: 'detect', severity: 'P0', seq } };
    },
    async view(idOrKey) {
      await reach(true);
      return viewOf(find(idOrKey));
    },
    async timeline(idOrKey) {
      await reach(true);
      find(idOrKey);
      return [{ seq: 0, event: { type: 'noted', at: declaredAt, by: 'ana', text: 'Looking.' } }];
    },
    async running() {
      await reach(false);
      return [...crises.values()]
        .filter(({ status }) => status !== 'closed')
        .map(({ crisisId, correlationKey }) => ({ crisisId, workflowId: `crisis:${correlationKey}` }));
    },
    ping: () => reach(false),
  };
  return { firebreak, crises, accepted, commands, server };
};
