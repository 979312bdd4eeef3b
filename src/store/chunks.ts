/** So many rows a statement: PostgreSQL takes 65,535 parameters at most. */
const rowsAtOnce = 1_000;

/** The rows in portions that fit one statement each. */
export const chunks = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
