import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';
import { askedBetweenTasks } from '../workflows/messages.js';

const usual = defaultGrpcRetryOptions();
const attempts = 10;

/** Where payloads are encrypted a query's failure is as well, and says no more than this. */
const encrypted = 'Encoded failure';
const wasBetweenTasks = (details: string): boolean => details.includes(askedBetweenTasks) || details === encrypted;

/** A client's connection asks again where a worker was asked between two tasks, and takes histories of any size. */
export const connectionOptions = {
  interceptors: [
    makeGrpcRetryInterceptor({
      ...usual,
      retryableDecider: (attempt, status) =>
        usual.retryableDecider(attempt, status) || (attempt < attempts && wasBetweenTasks(status.details)),
    }),
  ],
  // A page of a history may be longer than the four megabytes that gRPC takes by itself.
  channelArgs: { 'grpc.max_receive_message_length': -1 },
} satisfies ConnectionOptions;
