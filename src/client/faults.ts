import {
  isGrpcServiceError,
  NamespaceNotFoundError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { CommandRefused, NoSuchCrisis, Unreachable } from './firebreak.js';

// The numbers of gRPC's status codes that matter here (https://grpc.io/docs/guides/status-codes/).
const deadlineExceeded = 4;
const notFound = 5;
const resourceExhausted = 8;
const failedPrecondition = 9;
const unavailable = 14;

const codeOf = (error: unknown): number | undefined => {
  if (isGrpcServiceError(error)) return error.code;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? undefined : codeOf(cause);
};

/** Nobody took it in time: no worker is there, or it is busy. */
export const isTooSlow = (error: unknown): boolean => codeOf(error) === deadlineExceeded;
/**
 * Its workflow task did not end, as when a new run could not begin because more had come, or ended without a word on it, which
 * the SDK's core does now and then while many come at once, or went down with its worker: it has not been done.
 */
export const isInterrupted = (error: unknown): boolean =>
  codeOf(error) === failedPrecondition || isPassedOver(error) || isForgotten(error);

const isPassedOver = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof Error &&
  error.cause.message.includes("wasn't processed by worker");

/** The server keeps an Update in memory until it is taken; asked for one that it lost, it finds the crisis, and not the Update. */
const isForgotten = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError && /^update .* not found$/.test(error.message);

export const isMissing = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || codeOf(error) === notFound;

/** The server is away, has more than enough to do, or has just started and does not know its own namespace yet. */
const isAway = (error: unknown): boolean =>
  error instanceof NamespaceNotFoundError || [unavailable, resourceExhausted].includes(codeOf(error) ?? 0);

/** What Temporal's errors mean here, in our own few. */
export const translate = (error: unknown, about: string): Error => {
  if (error instanceof CommandRefused || error instanceof NoSuchCrisis || error instanceof Unreachable) return error;
  if (error instanceof WorkflowUpdateFailedError)
    return new CommandRefused(error.cause instanceof Error ? error.cause.message : error.message);
  if (isMissing(error)) return new NoSuchCrisis(`there is no running crisis "${about}"`);
  if (isTooSlow(error) || isAway(error))
    return new Unreachable('the Temporal server cannot be reached; nothing was taken', { cause: error });
  return error instanceof Error ? error : new Error(String(error));
};
