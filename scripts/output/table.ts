import Table from 'cli-table3';
import { colours } from './terminal.js';

const bare = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
};

/** A cell, or a text that goes over the whole row. */
type Row = readonly string[] | { across: string };

const withoutTrail = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

/** Rows under their heads, without lines: easy on the eye, and easy for `awk`. */
export const table = (head: readonly string[], rows: readonly Row[]): string => {
  const drawn = new Table({
    head: head.map((name) => colours.dim(name.toUpperCase())),
    chars: bare,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) drawn.push('across' in row ? [{ colSpan: head.length, content: row.across }] : [...row]);
  return withoutTrail(drawn.toString());
};
