import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

/** Where a replayed workflow says what it would do now. */
export interface RecordingSinks extends Sinks {
  recorder: { scheduled: (seq: number, activity: string, args: string) => void };
}

/** Bundled beside the workflows for a replay only: it changes nothing and writes down every activity with its arguments. */
export const interceptors = (): WorkflowInterceptors => {
  const { recorder } = proxySinks<RecordingSinks>();
  return {
    outbound: [
      {
        scheduleActivity: (input, next) => {
          recorder.scheduled(input.seq, input.activityType, JSON.stringify(input.args));
          return next(input);
        },
      },
    ],
  };
};
