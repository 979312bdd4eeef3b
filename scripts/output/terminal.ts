import { isatty } from 'node:tty';
import picocolors from 'picocolors';

const { stdout, env } = process;

/** Colours only where a person looks on: not into a file or a pipe, and never against NO_COLOR. */
const coloured = !env.NO_COLOR && (Boolean(env.FORCE_COLOR) || (isatty(1) && env.TERM !== 'dumb'));

export const colours = picocolors.createColors(coloured);

/** Whether somebody watches, so that a screen may be drawn over. */
export const isInteractive = (): boolean => isatty(1);

/** How many columns there are; into a file or a pipe as many as the line needs, up to 200. */
export const columns = (): number => (isatty(1) ? stdout.columns : 200);

export const print = (text: string): void => void stdout.write(`${text}\n`);

/** One JSON document; on one line where others follow it. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
export const printJsonLine = (value: unknown): void => print(JSON.stringify(value));

/** What is not the answer itself: hints and warnings, out of the way of whoever reads the answer by a program. */
export const remark = (text: string): void => void process.stderr.write(`${text}\n`);
