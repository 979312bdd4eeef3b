import { spoken } from '../../src/domain/duration.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-02`, in the zone of whoever looks. Times are milliseconds since 1970. */
export const day = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** `03:07:12`, in the zone of whoever looks. */
export const timeOfDay = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

/** The time of day, with its day where that is not today. */
export const moment = (at: number, now: number): string =>
  day(at) === day(now) ? timeOfDay(at) : `${day(at)} ${timeOfDay(at)}`;

/** The zone times are shown in: `Europe/Berlin`. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `in 48s`, or `overdue by 3s`. */
export const away = (at: number, now: number): string =>
  at > now ? `in ${short(at - now)}` : `overdue by ${short(now - at)}`;

/** Whole seconds are as exact as a person needs. */
export const short = (durationMs: number): string => spoken(Math.max(0, Math.round(durationMs / 1_000) * 1_000));

/** How long after the start: `+02:05`, from an hour on `+1:02:05`. */
export const offset = (fromMs: number, at: number): string => {
  const seconds = Math.floor(Math.abs(at - fromMs) / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const clock = `${two(minutes)}:${two(seconds % 60)}`;
  return `${at < fromMs ? '-' : '+'}${hours > 0 ? `${hours}:` : ''}${clock}`;
};
