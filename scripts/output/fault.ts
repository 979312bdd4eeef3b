/**
 * What a person is told when a command did not do what was asked: plain sentences, and the exit code that goes with them:
 * 1 refused or failed, 2 wrongly used. `details` is for `--json`.
 */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    message: string,
    readonly exitCode: 1 | 2,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** It was refused, or could not be done. */
export const failed = (message: string, details?: Fault['details']): Fault => new Fault(message, 1, details);

/** It was asked for in a way that cannot be understood. */
export const misused = (message: string, details?: Fault['details']): Fault => new Fault(message, 2, details);
