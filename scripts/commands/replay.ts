import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { failed, Fault, misused } from '../output/fault.js';
import { table } from '../output/table.js';
import { colours, print, printJson } from '../output/terminal.js';
import { replayLean } from '../../src/workers/leanThreads.js';
import { decodeHistory } from '../rehearsal/decoding.js';
import { bundleForReplay, replay as replayEach, type Replayed, type Source } from '../rehearsal/replaying.js';
import { unreadable } from '../rehearsal/unreadable.js';
import { environmentOf } from '../stack/settings.js';
import { apiOf, requestOf, withApi, withExamples, type ApiOptions } from './options.js';

type Options = ApiOptions & { all?: boolean };

/** The server gives so many crises at once; more than that are not replayed by one command. */
const mostAtOnce = 500;

const isFile = (name: string): boolean => name.endsWith('.json');

const ofFile = async (file: string, options: Options): Promise<Source> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw misused(`${file}: ${unreadable(error)}`);
  });
  let history: unknown;
  try {
    history = JSON.parse(text);
  } catch (error) {
    throw misused(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray((history as { events?: unknown } | null)?.events))
    throw misused(`${file} is no history: expected "events", as \`temporal workflow show --output json\` writes it`);
  return {
    name: basename(file),
    workflowId: basename(file, '.json'),
    history: await decodeHistory(history, requestOf(options)),
  };
};

const ofCrisis = async (idOrKey: string, options: Options): Promise<Source> => {
  const request = requestOf(options);
  const answer = await request(`/api/v1/crises/${encodeURIComponent(idOrKey)}/history`);
  const { workflowId, history } = (await answer.json()) as Omit<Source, 'name'>;
  return { name: idOrKey, workflowId, history: await decodeHistory(history, request) };
};

type Skipped = { name: string; skipped: string };
type Result = ({ name: string } & Replayed) | Skipped;

/** Of all crises some have no history any more; they are named, and are no failure of the code. */
const ofAll = async (options: Options): Promise<(Source | Skipped)[]> => {
  const listed = await apiOf(options).list({ limit: mostAtOnce });
  return Promise.all(
    listed.map(async ({ crisis }) =>
      ofCrisis(crisis.crisisId, options).catch((error: unknown) => {
        if (error instanceof Fault) return { name: crisis.crisisId, skipped: error.message };
        throw error;
      }),
    ),
  );
};

const sourcesOf = (names: readonly string[], options: Options) => {
  if (options.all && names.length === 0) return ofAll(options);
  if (options.all || names.length === 0) throw misused('say which crisis or file, or --all');
  return Promise.all(names.map((name) => (isFile(name) ? ofFile(name, options) : ofCrisis(name, options))));
};

const shown = (result: Result): string[] => {
  if ('skipped' in result) return [colours.yellow('–'), result.name, `not replayed: ${result.skipped}`];
  if (result.same)
    return [
      colours.green('✔'),
      result.name,
      `${result.workflowType}: the same decisions (${result.events} events, ${result.effects} effects)`,
    ];
  const { workflowType, eventId, expected, got } = result;
  return [
    colours.red('✘'),
    result.name,
    `${workflowType}: other decisions from event ${eventId} on\nrecorded: ${expected}\ntoday:    ${got}`,
  ];
};

/** The SDK tells of what does not fit by itself, at length; here it is told in words. Once begun, it must replay to let go. */
const quieten = (): void => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }), forward: {} } },
    shutdownSignals: [],
  });
};

const isSkipped = (source: Source | Skipped): source is Skipped => 'skipped' in source;

const replayAll = async (sources: readonly (Source | Skipped)[]): Promise<Result[]> => {
  const toReplay = sources.filter((source): source is Source => !isSkipped(source));
  if (toReplay.length === 0) return sources.filter(isSkipped);
  const bundle = await bundleForReplay(join(environmentOf().data, 'bundles'));
  quieten();
  replayLean();
  const replayed = await replayEach(bundle, toReplay).catch((error: unknown) => {
    throw failed(error instanceof Error ? error.message : String(error));
  });
  return sources.flatMap((source): Result[] => (isSkipped(source) ? [source] : replayed.splice(0, 1)));
};

const replay = async (names: readonly string[], options: Options): Promise<void> => {
  const sources = await sourcesOf(names, options);
  const results = await replayAll(sources);
  if (options.json) printJson({ results });
  else if (results.length === 0) print('There is no crisis to replay.');
  else print(table(['', 'history', 'what today’s code does'], results.map(shown)));
  if (results.some((result) => 'same' in result && !result.same)) process.exitCode = 1;
};

export const register = (program: Command): void => {
  const command = withApi(
    program
      .command('replay')
      .argument('[crisis...]', 'ids or correlation keys, or files with an exported history (*.json)'),
  )
    .option('--all', 'every crisis that the API knows, running or archived')
    .description(
      'Take every decision of a crisis again with today’s code: the same, or the first that differs, in words. Exits 1 when one differs.',
    )
    .action(replay);
  withExamples(
    command,
    ['replay shop', 'the crisis of the shop, running or archived'],
    ['replay --all', 'before an upgrade'],
    ['replay history.json', 'as written by: temporal workflow show --workflow-id crisis:shop --output json'],
  );
};
