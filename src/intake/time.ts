/**
 * Milliseconds since 1970 of an ISO 8601 text or a Unix time in seconds or milliseconds; undefined for what is no time,
 * and for Go's zero time. The future is taken as now, since nothing has begun that has not begun.
 */
export const timeOf = (value: unknown, now: number): number | undefined => {
  const at = typeof value === 'string' ? fromText(value) : typeof value === 'number' ? fromNumber(value) : NaN;
  return Number.isFinite(at) && at > 0 ? Math.min(Math.round(at), now) : undefined;
};

const fromText = (text: string): number =>
  /^\d{4}-\d\d-\d\d([T ]|$)/.test(text)
    ? Date.parse(text)
    : /^\d{9,13}(\.\d+)?$/.test(text)
      ? fromNumber(Number(text))
      : NaN;

// Seconds reach eleven digits only in the year 5138.
const fromNumber = (count: number): number => (count < 100_000_000_000 ? count * 1000 : count);
