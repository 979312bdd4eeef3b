import { table } from '../scripts/output/table.js';
import type { Row } from './figures.js';

/** Three figures tell enough; what is large needs no fraction. */
export const shown = (value: number | null): string => {
  if (value === null) return '';
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3);
};

const verdict = (holds: boolean | null): string => (holds === null ? '' : holds ? 'holds' : 'MISSED');

/** All rows under their heads, and under each the conditions it was measured in. */
export const printed = (rows: readonly Row[]): string =>
  table(
    ['measure', 'unit', 'n', 'min', 'median', 'p95', 'bare', 'ratio', 'goal', ''],
    rows.flatMap((row) => [
      [
        row.name,
        row.unit,
        shown(row.n),
        shown(row.min),
        shown(row.p50),
        shown(row.p95),
        shown(row.baseline),
        row.ratio === null ? '' : `${shown(row.ratio)} ×`,
        row.goal ?? '',
        verdict(row.holds),
      ],
      ...(row.note === '' ? [] : [{ across: `    ${row.note}` }]),
    ]),
  );
