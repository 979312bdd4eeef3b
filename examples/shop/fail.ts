/** Says why on the error stream, in one line, and ends the program. */
export function fail(reason: unknown, exitCode = 1): never {
  console.error(reason instanceof Error ? reason.message : String(reason));
  process.exit(exitCode);
}
