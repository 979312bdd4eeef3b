/**
 * As many rows as are asked for of those that may be seen, where there are so many: a page cut short would tell that
 * something is hidden. `ask` reads the first rows up to a limit.
 */
export const seenPage = async <Row>(
  limit: number,
  ask: (limit: number) => Promise<Row[]>,
  onlySeen: (rows: Row[]) => Promise<Row[]>,
): Promise<Row[]> => {
  for (let read = limit; ; read *= 4) {
    const rows = await ask(read);
    const seen = await onlySeen(rows);
    if (seen.length >= limit || rows.length < read) return seen.slice(0, limit);
  }
};
