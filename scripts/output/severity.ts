import type { Severity } from '../../src/domain/severity.js';
import { colours } from './terminal.js';

const paint: Record<Severity, (text: string) => string> = {
  P0: (text) => colours.bold(colours.bgRed(colours.white(text))),
  P1: (text) => colours.bold(colours.red(text)),
  P2: colours.yellow,
  P3: colours.dim,
};

/** A severity as it catches the eye. */
export const severityShown = (severity: Severity, text: string = severity): string => paint[severity](text);

/** Where a crisis stands: what nobody has answered is red, what is over is quiet. */
export const statusShown = (status: string): string => {
  if (status === 'triggered') return colours.red(status);
  if (status === 'acknowledged') return colours.yellow(status);
  return status === 'closed' ? colours.dim(status) : colours.green(status);
};
