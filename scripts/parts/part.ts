/** What a search for a part needs: the environment, the data folder (a cache of last resort) and where to tell of slow steps. */
export type Search = { env: NodeJS.ProcessEnv; dataDir: string; say: (line: string) => void };

/** A real program the product or its tests run on could not be had; the message says what was tried and what to install. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';

  constructor(part: string, tried: readonly string[], advice: string) {
    super([`${part} cannot be had on this machine.`, ...tried.map((line) => `  - ${line}`), advice].join('\n'));
  }
}

/** The first line of an error's message, for one row of a list. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
