import type { Alert } from '../../src/domain/alert.js';
import type { Fault } from '../../src/intake/fault.js';
import type { Parsed, Sender } from '../../src/intake/parsed.js';

export const now = Date.UTC(2026, 0, 5, 9, 30);

/** A sender whose alerts are called a-1, a-2 … and arrive on a Monday morning. */
export const sender = (over: Partial<Sender> = {}): Sender => {
  let count = 0;
  return { detection: 'monitoring alert', now, newId: () => `a-${++count}`, ...over };
};

export const alertsOf = (parsed: Parsed): Alert[] => {
  if ('faults' in parsed) throw new Error(`expected alerts; got ${JSON.stringify(parsed.faults)}`);
  return parsed.alerts;
};

export const onlyAlert = (parsed: Parsed): Alert => {
  const [alert, ...others] = alertsOf(parsed);
  if (!alert || others.length > 0) throw new Error(`expected one alert; got ${others.length + (alert ? 1 : 0)}`);
  return alert;
};

export const faultsIn = (parsed: Parsed): Fault[] => ('faults' in parsed ? parsed.faults : []);
