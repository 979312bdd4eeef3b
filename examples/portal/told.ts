/** Prints what came of it as the last line; what went wrong is one plain line as well, and the exit code 1. */
export const told = async (what: () => Promise<string> | string): Promise<void> => {
  try {
    console.log(await what());
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
};
