import ms, { type StringValue } from 'ms';
import prettyMs from 'pretty-ms';
import { z } from 'zod';

/** Milliseconds, or a text that carries its own unit: `30s`, `5m`, `2h`, `3 days`. Parsed to milliseconds. */
export const DurationMs = z
  .union([z.number(), z.string()])
  .transform((value, context) => {
    const parsed = typeof value === 'number' ? value : ms(value as StringValue);
    if (Number.isFinite(parsed) && parsed >= 0) return parsed;
    context.addIssue({ code: 'custom', message: `expected a duration such as 30s, 5m or 2h; got "${value}"` });
    return z.NEVER;
  })
  .meta({ description: 'milliseconds, or a text with its unit: 30s, 5m, 2h' });

const units = [
  { sign: 'h', lastsMs: 3_600_000 },
  { sign: 'm', lastsMs: 60_000 },
  { sign: 's', lastsMs: 1_000 },
];

/** The largest two units that it has any of. */
const inTwoUnits = (durationMs: number): string => {
  let said = '';
  let left = durationMs;
  for (const { sign, lastsMs } of units) {
    const count = Math.floor(left / lastsMs);
    if (count === 0) continue;
    if (said !== '') return `${said} ${count}${sign}`;
    said = `${count}${sign}`;
    left -= count * lastsMs;
  }
  return said;
};

/** A duration as a person says it: `4m 12s`. Nearly every message says one of less than a day, for which the library is slow. */
export const spoken = (durationMs: number): string => {
  if (Number.isInteger(durationMs) && durationMs >= 10_000 && durationMs < 86_400_000) return inTwoUnits(durationMs);
  return prettyMs(
    Math.max(0, durationMs),
    durationMs < 10_000 ? { secondsDecimalDigits: 1 } : { secondsDecimalDigits: 0, unitCount: 2 },
  );
};

/** The same for people who are woken by it: whole seconds, and never none, which reads like a fault. */
export const spokenWhole = (durationMs: number): string =>
  spoken(Math.max(1_000, Math.round(durationMs / 1_000) * 1_000));

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
