import pc from 'picocolors';

/** What a person reads while programs start and stop; on stderr, so that stdout stays for answers. */
export type Say = (line: string) => void;

export const sayOn =
  (stream: NodeJS.WritableStream): Say =>
  (line) =>
    void stream.write(`${pc.dim('firebreak')} ${line}\n`);

/** Something a person can mend: said as it is, without a stack. `exitCode` 2 is for what was written wrongly, 1 for the rest. */
export class Stop extends Error {
  override readonly name = 'Stop';
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
