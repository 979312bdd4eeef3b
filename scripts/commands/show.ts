import type { Command } from 'commander';
import type { ApiClient, View } from '../client/api.js';
import { follow } from '../client/following.js';
import { screen } from '../output/crisis/screen.js';
import { colours, columns, isInteractive, print, printJson, printJsonLine } from '../output/terminal.js';
import { wrap } from '../output/wrap.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';
import { onTrouble, untilInterrupted } from './interrupting.js';

type Options = ApiOptions & { watch?: boolean };

const clear = '\u001b[H\u001b[2J\u001b[3J';

const draw = (view: View, address: string): string =>
  screen(view, address, Date.now())
    .split('\n')
    .map((line) => wrap(line, columns(), 6))
    .join('\n');

const refresh = (view: View, { address }: ApiClient, { json }: Options): void => {
  if (json) printJsonLine(view);
  else if (isInteractive()) print(`${clear}${draw(view, address)}\n\n${colours.dim('Ctrl-C ends this.')}`);
  else print(`${draw(view, address)}\n`);
};

/** Draws the screen anew whenever something has changed, until the crisis is closed or Ctrl-C. */
const watch = async (id: string, api: ApiClient, options: Options): Promise<void> => {
  let view = await api.view(id);
  const { crisisId } = view.crisis;
  const look = async () => {
    const { seq } = view.crisis;
    view = await api.view(crisisId);
    // On a terminal the clocks go on also while nothing happens.
    if ((isInteractive() && !options.json) || view.crisis.seq !== seq) refresh(view, api, options);
    return view.crisis.status === 'closed' ? 'over' : 'on';
  };
  await untilInterrupted(async (signal) => {
    refresh(view, api, options);
    if (view.crisis.status !== 'closed') await follow({ api, crisisId, signal, look, onTrouble });
  });
};

const show = async (id: string, options: Options): Promise<void> => {
  const api = apiOf(options);
  if (options.watch) return watch(id, api, options);
  const view = await api.view(id);
  if (options.json) printJson(view);
  else print(draw(view, api.address));
};

export const register = (program: Command): void => {
  const command = withApi(program.command('show').argument('<crisis>', 'its id or its correlation key'))
    .option('--watch', 'keep it up to date until the crisis is closed; with --json one line per change')
    .description('Show a crisis on one screen: why, who, what is open, and what happens next.')
    .action(show);
  withExamples(
    command,
    ['show shop', 'the crisis of the shop'],
    ['show shop --watch', 'a screen that keeps itself up to date'],
    ["show shop --json | jq '.next[0]'", 'what happens next, for a program'],
  );
};
