import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandAction, type Action } from '../../../src/domain/action.js';
import type { RunEffect } from '../../../src/domain/effect.js';
import { until } from '../../support/until.js';

export const command = (wanted: Partial<CommandAction> & Pick<CommandAction, 'argv'>): CommandAction =>
  CommandAction.parse({ kind: 'command', title: 'test', ...wanted });

export const node = (script: string, ...args: string[]) => [process.execPath, '-e', script, '--', ...args];

export const effectOf = (action: Action, more: Partial<RunEffect> = {}): RunEffect => ({
  kind: 'run',
  key: 'crisis-1/run/3',
  crisisId: 'crisis-1',
  mode: 'live',
  actionId: 'test',
  action,
  parameters: {},
  purpose: 'do',
  context: { as: 'request' },
  authority: 'test',
  ...more,
});

/** A program that would run for ever, and whether it still does. */
export const processes = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'firebreak-')), 'pid');
  const argv = node(
    'require("fs").writeFileSync(process.argv[1], `${process.pid}`); setInterval(() => {}, 1000)',
    file,
  );
  const pid = (): number => Number(readFileSync(file, 'utf8'));
  const started = (): Promise<number> => until('it to run', () => pid() || undefined);
  const running = (): boolean => {
    try {
      return process.kill(pid(), 0);
    } catch {
      return false;
    }
  };
  return { argv, started, running };
};
