import { types } from 'node:util';
import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import { CancelledFailure, TerminatedFailure } from '@temporalio/common';
import type { ParameterValues, TemporalAction } from '../domain/action.js';
import { spoken } from '../domain/duration.js';
import { checkParameters, secretValues } from '../domain/parameters.js';
import { fill, placeholderFaults } from '../domain/placeholders.js';
import type { ActionKind, Running } from './kind.js';
import { createOutput, type Output } from './output.js';
import { failed, type Verdict } from './verdict.js';

type Environment = Readonly<Record<string, string | undefined>>;

const wordsOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));

/** The message of the failure at the root; the workflow’s own only says that it failed. */
const causeOf = (error: WorkflowFailedError): string => {
  let cause: unknown = error.cause;
  while (types.isNativeError(cause) && types.isNativeError(cause.cause)) cause = cause.cause;
  return cause === undefined ? error.message : wordsOf(cause);
};

const verdictOn = (error: unknown): Verdict => {
  if (error instanceof WorkflowFailedError) {
    const ended = error.cause instanceof CancelledFailure ? 'was cancelled' : 'failed';
    const how = error.cause instanceof TerminatedFailure ? 'was terminated' : ended;
    return failed(`the workflow ${how}: ${causeOf(error)}`);
  }
  return { status: 'uncertain', summary: isGrpcServiceError(error) ? error.details || error.message : wordsOf(error) };
};

/** Begun under an id made of the run’s key: begun a second time it is the same workflow, whether it still runs or not. */
const begin = async (client: Client, action: TemporalAction, values: ParameterValues, key: string) => {
  const workflowId = `firebreak:${key}`;
  const { workflowType, taskQueue, args } = action;
  try {
    return await client.workflow.start(workflowType, {
      taskQueue,
      workflowId,
      args: args.map((argument) => (typeof argument === 'string' ? fill(argument, values) : argument)),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: action.timeoutMs,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return client.workflow.getHandle(workflowId);
  }
};

/** The first that happens: its result, or that it is called off or takes too long; then it is asked to stop. */
const waitFor = async (handle: WorkflowHandle, { signal }: Running, timeoutMs: number, output: Output) => {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    else stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const ended = handle.result().then((result: unknown): Verdict => {
    if (result !== undefined && result !== null) output.take(Buffer.from(JSON.stringify(result)));
    return { status: 'succeeded', summary: `the workflow ${handle.workflowId} completed` };
  }, verdictOn);
  const first = await Promise.race([ended, stopped]);
  if (first) return first;
  await handle.cancel().catch(() => undefined);
  const why = signal.aborted ? 'called off while it ran' : `stopped after its time limit of ${spoken(timeoutMs)}`;
  return { status: 'uncertain', summary: why } satisfies Verdict;
};

/** Starts a workflow of somebody else’s, on their server, and waits for what becomes of it. */
export const createTemporalKind = (environment: Environment, now: () => number): ActionKind<'temporal'> => ({
  kind: 'temporal',
  async run(action, parameters, running) {
    const startedAt = now();
    const checked = checkParameters(action.parameters, parameters);
    const values = 'values' in checked ? checked.values : {};
    const apiKey = action.apiKey === undefined ? undefined : environment[action.apiKey];
    const output = createOutput([...secretValues(action.parameters, values), ...(apiKey ? [apiKey] : [])]);
    const decide = async (): Promise<Verdict> => {
      if ('fault' in checked) return failed(checked.fault);
      const [fault] = placeholderFaults(action);
      if (fault !== undefined) return failed(fault);
      if (action.apiKey !== undefined && !apiKey) return failed(`the environment variable ${action.apiKey} is not set`);
      if (running.signal.aborted) return failed('called off before it began');
      const { address, namespace, tls, timeoutMs } = action;
      let connection: Connection;
      try {
        connection = await Connection.connect({ address, tls, ...(apiKey && { apiKey }), connectTimeout: '5s' });
      } catch (error) {
        return failed(`no Temporal server answers at ${address}: ${wordsOf(error)}`);
      }
      try {
        const client = new Client({ connection, namespace });
        const handle = await begin(client, action, values, running.key);
        running.progress(`${handle.workflowId} is under way`);
        return await waitFor(handle, running, timeoutMs, output);
      } catch (error) {
        return verdictOn(error);
      } finally {
        await connection.close().catch(() => undefined);
      }
    };
    const verdict = await decide();
    return { ...verdict, output: output.text(), startedAt, endedAt: now() };
  },
});
