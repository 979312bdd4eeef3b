import { oneLine } from '../describe/words.js';

/**
 * A text from outside as inert Markdown: one line in which nothing is markup, HTML or a link, neither for CommonMark nor for
 * GitHub's additions.
 */
export const inert = (text: string, longest = 1000): string =>
  oneLine(text, longest)
    .replace(/[\\`*_{}[\]|~$!]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Bare addresses become links by themselves.
    .replaceAll('://', String.raw`:\//`)
    .replace(/\bwww\./gi, (found) => found.replace('.', String.raw`\.`))
    .replaceAll('@', '&#64;')
    // At the start of a list item or a cell these would open a block of their own.
    .replace(/^[#+=-]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);

/** Rows under a head. The cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** What no event can say; whoever reviews fills it in. */
export const toBeAdded = (what: string): string => `_To be added by the reviewer: ${what}_`;

/** A moment in UTC, to the second: `2026-03-01 03:07:12`. */
export const moment = (at: number | undefined): string =>
  at === undefined ? 'not known' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
