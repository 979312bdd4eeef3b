import { watch, type FSWatcher } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readSettings, type ConfigFault, type ReadOptions, type ReadSettings } from './settings.js';

type Valid = Extract<ReadSettings, { settings: unknown }>;

export type WatchOptions = ReadOptions & {
  /** The hash of what holds now; reading the same again is no change. */
  hash?: string;
  /** Runbooks bring actions, so their folder is watched as well. */
  runbooks?: string;
  /** Told when the file was changed to something that is not valid; the old settings stay. */
  onRefused?: (faults: ConfigFault[]) => void;
  /** Told when the file can no longer be watched. */
  onError?: (error: Error) => void;
};

/** What the settings are read from, as it stands on disk; a runbook is known by its size and the time of its last change. */
const contents = async (file: string, runbooks: string | undefined): Promise<string> => {
  const names = runbooks === undefined ? [] : await readdir(runbooks).catch(() => []);
  const stamps = names.sort().map(async (name) => {
    const found = await stat(join(runbooks ?? '', name)).catch(() => undefined);
    return `${name} ${found?.size ?? 0} ${found?.mtimeMs ?? 0}`;
  });
  return [await readFile(file, 'utf8').catch(() => ''), ...(await Promise.all(stamps))].join('\n');
};

/** Editors write a file in several steps; they are taken as one. */
const settledAfterMs = 100;

/**
 * Calls back with the new settings whenever the file has changed and is valid. The folder is watched rather than the
 * file, so that it may be replaced, as editors and mounted volumes do. Call `close` to end it.
 */
export const watchSettings = (
  file: string,
  onChange: (read: Valid) => void,
  options: WatchOptions = {},
): { close: () => void } => {
  const { onRefused = () => undefined, onError = () => undefined, ...reading } = options;
  let seen = reading.hash;
  let refused = '';
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let known: string | undefined;
  let queue = Promise.resolve();

  const look = async () => {
    // Its folder may also hold what is written all the time, and a large configuration takes a while to understand.
    const now = await contents(file, options.runbooks);
    if (now === known) return;
    known = now;
    const read = await readSettings(file, reading);
    if (closed) return;
    if ('faults' in read) {
      const said = JSON.stringify(read.faults);
      if (said !== refused) onRefused(read.faults);
      refused = said;
      return;
    }
    refused = '';
    if (read.hash === seen) return;
    seen = read.hash;
    onChange(read);
  };

  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue
        .then(look)
        .catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))));
    }, settledAfterMs);
  };

  const folders = new Set([dirname(file), ...(options.runbooks === undefined ? [] : [options.runbooks])]);
  const watchers = [...folders].map((folder): FSWatcher => watch(folder, changed).on('error', onError));
  // What was changed between the first reading and now would go unseen.
  changed();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
};
