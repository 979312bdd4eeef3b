import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';
import { askedBetweenTasks } from '../workflows/messages.js';

const usual = defaultGrpcRetryOptions();
const soon = defaultGrpcRetryOptions({ initialIntervalMs: () => 20 });
const attempts = 10;

/**
 * So the server refuses what comes in the moment in which a workflow begins a new run. It says so with the code by which it
 * refuses who asks for too much, after which the SDK waits for 1.7 seconds; this is over in a few milliseconds.
 */
const isBeginningAnew = (details: string): boolean => details.includes('workflow is closing');

/** After how many milliseconds a call is made again that failed for the so-manieth time, by what the server said. */
export const againAfterMs: typeof usual.delayFunction = (attempt, status) =>
  (isBeginningAnew(status.details) ? soon : usual).delayFunction(attempt, status);

/** Where payloads are encrypted a query's failure is as well, and says no more than this. */
const encrypted = 'Encoded failure';
const wasBetweenTasks = (details: string): boolean => details.includes(askedBetweenTasks) || details === encrypted;

/** A client's connection asks again where a worker was asked between two tasks, and takes histories of any size. */
export const connectionOptions = {
  interceptors: [
    makeGrpcRetryInterceptor({
      delayFunction: againAfterMs,
      retryableDecider: (attempt, status) =>
        usual.retryableDecider(attempt, status) || (attempt < attempts && wasBetweenTasks(status.details)),
    }),
  ],
  // A page of a history may be longer than the four megabytes that gRPC takes by itself.
  channelArgs: { 'grpc.max_receive_message_length': -1 },
} satisfies ConnectionOptions;
