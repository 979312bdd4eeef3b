import type { Alert } from '../domain/alert.js';
import { classify } from '../domain/classification.js';
import type { CommandName } from '../domain/command.js';
import type { SigningActor } from '../domain/commandProof.js';
import type { SigningKeys } from '../domain/signedCommand.js';
import { crisisQuery, signalOf, timelineQuery, updateOf } from '../workflows/messages.js';
import { causeOf, createAccept } from './accepting.js';
import { isInterrupted, isTooSlow, translate } from './faults.js';
import {
  CommandRefused,
  NoSuchCrisis,
  type Accepted,
  type Declaration,
  type Done,
  type Firebreak,
  type View,
} from './firebreak.js';
import { crisisWorkflowId, parseCrisisId } from './identity.js';
import { rulesOf, serviceOf } from './planning.js';
import type { OpaqueKey } from './restricting.js';
import { createSigning } from './signing.js';
import { openOrJoin, type OpeningDeps } from './starting.js';

type Deps = OpeningDeps & {
  /** Under what a security crisis of a cause is found. */
  opaqueKey: OpaqueKey;
  /** A worker that is there answers within this, two seconds by default; else the command becomes a signal, durable until one comes. */
  answerWithinMs?: number;
  /** Signs commands of actors that the caller vouches for; without it nobody's identity is proven. */
  signing?: SigningKeys;
};

/** All that can be done with crises, over a Temporal client. */
export const createFirebreak = (deps: Deps): Firebreak => {
  const { client, settings, newId, now, answerWithinMs = 2_000 } = deps;
  const handleOf = (idOrKey: string) =>
    client.workflow.getHandle(crisisWorkflowId(parseCrisisId(idOrKey).correlationKey));
  const sign = createSigning({ keys: deps.signing, now });
  const soon = <T>(ask: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + answerWithinMs, ask);

  const view = async (idOrKey: string): Promise<View> => {
    const { crisisId } = parseCrisisId(idOrKey);
    const handle = handleOf(idOrKey);
    try {
      const [{ crisis, ...seen }, { runId }] = await soon(() =>
        Promise.all([handle.query(crisisQuery), handle.describe()]),
      );
      if (crisisId !== undefined && crisis.crisisId !== crisisId) throw new NoSuchCrisis(`${crisisId} is over`);
      return { crisis, ...seen, workflowId: handle.workflowId, runId };
    } catch (error) {
      throw translate(error, idOrKey);
    }
  };

  /** A crisis can only go into one that is there. */
  const mustRun = async (into: string): Promise<void> => {
    const { crisis } = await view(into);
    if (crisis.status === 'closed' || crisis.status === 'resolved')
      throw new CommandRefused(`cannot merge: ${into} is ${crisis.status}`);
  };

  const command = async (
    idOrKey: string,
    name: CommandName,
    input: Record<string, unknown>,
    actor?: SigningActor,
  ): Promise<Done> => {
    const { crisisId } = parseCrisisId(idOrKey);
    const id = typeof input['id'] === 'string' ? input['id'] : newId();
    const unsigned = { ...input, id, ...(crisisId !== undefined && { crisis: crisisId }) };
    const handle = handleOf(idOrKey);
    if (name === 'merge' && typeof input['into'] === 'string') await mustRun(input['into']);
    const sent = await sign({ handle, crisisId, name, sent: unsigned }, actor).catch((error: unknown) => {
      throw translate(error, idOrKey);
    });
    const ask = () => soon(() => handle.executeUpdate(updateOf(name), { args: [sent], updateId: id }));
    try {
      const answer = await ask().catch((error: unknown) => {
        if (isInterrupted(error)) return ask();
        throw error;
      });
      return { status: 'done', answer };
    } catch (error) {
      if (!isTooSlow(error) && !isInterrupted(error)) throw translate(error, idOrKey);
    }
    try {
      await handle.signal(signalOf(name), sent);
      return { status: 'taken' };
    } catch (error) {
      throw translate(error, idOrKey);
    }
  };

  const declare = async ({
    id,
    title,
    service,
    severity,
    by,
    details,
    facts = {},
  }: Declaration): Promise<Accepted & { crisisId: string }> => {
    const at = now().getTime();
    const known = serviceOf(settings(), service)?.id ?? service;
    const alert: Alert = {
      id: newId(),
      format: 'report',
      detection: 'user report',
      status: 'firing',
      dedupKey: `declared:${known ?? title}`,
      summary: title,
      labels: {},
      facts,
      receivedAt: at,
      by,
      ...(known !== undefined && { service: known }),
      ...(details !== undefined && { details }),
    };
    const said = classify(facts, rulesOf(settings()));
    const classification =
      severity === undefined
        ? said
        : {
            ...said,
            severity,
            type: said.type === 'watch' ? ('productionOutage' as const) : said.type,
            rule: 'declared',
            why: `declared by ${by} as ${severity}`,
          };
    if (classification.severity === 'P3')
      throw new CommandRefused('cannot declare a P3: it is recorded, not run; report it instead');
    const correlationKey = causeOf(deps, alert, classification);
    const signalId = id ?? newId();
    const { severity: worst, type, rule, why } = classification;
    const tallies = [{ alert, count: 1, lastAt: at, said: { severity: worst, type, rule, why } }];
    try {
      const opened = await openOrJoin(deps, {
        correlationKey,
        title,
        by,
        service: known,
        classification,
        tallies,
        signalId,
      });
      // In an open crisis of the same cause the declaration has joined that one, which knows its own id.
      const crisisId = await view(correlationKey).then(
        ({ crisis }) => crisis.crisisId,
        () => opened.crisisId,
      );
      return {
        alertId: alert.id,
        workflowId: opened.workflowId,
        crisisId,
        classification,
        outcome: worst === 'P2' ? 'watch' : 'crisis',
      };
    } catch (error) {
      throw translate(error, correlationKey);
    }
  };

  return {
    accept: createAccept(deps),
    declare,
    command,
    view,
    async timeline(idOrKey) {
      const { crisisId } = parseCrisisId(idOrKey);
      const handle = handleOf(idOrKey);
      try {
        const { events, crisisId: running } = await soon(() => handle.query(timelineQuery));
        if (crisisId !== undefined && crisisId !== running) throw new NoSuchCrisis(`${crisisId} is over`);
        return [...events];
      } catch (error) {
        throw translate(error, idOrKey);
      }
    },
    async running() {
      const found: { workflowId: string; crisisId: string }[] = [];
      const query = 'ExecutionStatus = "Running" AND CrisisId IS NOT NULL';
      for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query })) {
        const crisisId = typedSearchAttributes.getAll().find(({ key }) => key.name === 'CrisisId')?.value;
        found.push({ workflowId, crisisId: String(crisisId ?? '') });
      }
      return found;
    },
    async ping() {
      await soon(() => client.connection.ensureConnected());
    },
  };
};
