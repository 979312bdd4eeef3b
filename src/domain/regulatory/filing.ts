import { z } from 'zod';

/** `part`: the first part, in time; the rest follows. `notRequired`: a person has judged that nothing need be filed. */
export const Outcome = z.enum(['filed', 'part', 'notRequired']);
type Outcome = z.infer<typeof Outcome>;

/** One filing as it stays on record. Times are milliseconds since 1970. */
export type Filing = {
  obligation: string;
  outcome: Outcome;
  at: number;
  by: string;
  to: string;
  reference?: string;
  reason?: string;
  /** By how much it was late. */
  lateMs?: number;
};

/** The last word on an obligation; of several filings (an updated report) the newest counts. */
export const latestFiling = (filings: readonly Filing[], obligation: string): Filing | undefined =>
  filings
    .filter((filing) => filing.obligation === obligation)
    .reduce<Filing | undefined>((latest, filing) => (latest && latest.at > filing.at ? latest : filing), undefined);
