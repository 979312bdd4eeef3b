import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const logLevels = ['normal', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

const levelFile = (state: string): string => join(state, 'log-level');

/** What the shop writes down: faults only, or every request. */
export const readLogLevel = (state: string): LogLevel => {
  const text = existsSync(levelFile(state)) ? readFileSync(levelFile(state), 'utf8').trim() : '';
  return logLevels.find((level) => level === text) ?? 'normal';
};

export const writeLogLevel = (state: string, level: LogLevel): void => {
  mkdirSync(state, { recursive: true });
  writeFileSync(levelFile(state), `${level}\n`);
};

/** Adds a line to the shop's log file. */
export const writeLog = (state: string, line: string): void =>
  appendFileSync(join(state, 'shop.log'), `${new Date().toISOString()} ${line}\n`);
