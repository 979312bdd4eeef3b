import type { Command } from 'commander';
import { describe } from '../../src/domain/describe/describe.js';
import type { Names } from '../../src/domain/describe/words.js';
import type { Event } from '../../src/domain/event.js';
import type { ApiClient, Numbered, View } from '../client/api.js';
import { follow } from '../client/following.js';
import { namesFor } from '../client/names.js';
import { eventShown } from '../output/eventShown.js';
import { colours, columns, print, printJson, printJsonLine, remark } from '../output/terminal.js';
import { day, zone } from '../output/times.js';
import { onTrouble, untilInterrupted } from './interrupting.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

type Options = ApiOptions & { follow?: boolean };

/** Says each event once; a new day gets a line of its own. */
const createTeller = (options: Options) => {
  let told = -1;
  let lastDay = '';
  let startedAt: number | undefined;
  const line = (event: Event, names: Names): void => {
    startedAt ??= event.at;
    const today = day(event.at);
    if (today !== lastDay) print(colours.dim(`${today}, times of ${zone()}`));
    lastDay = today;
    print(eventShown(event, describe(event, names), startedAt, columns()));
  };
  return (numbered: readonly Numbered[], names: Names): void => {
    for (const { seq, event } of numbered.filter((each) => each.seq > told)) {
      told = seq;
      if (options.json) printJsonLine({ seq, event, text: describe(event, names) });
      else line(event, names);
    }
  };
};

const isOver = (events: readonly Numbered[]): boolean => events.at(-1)?.event.type === 'closed';

const goOn = async (api: ApiClient, view: View, events: readonly Numbered[], options: Options): Promise<void> => {
  const tell = createTeller(options);
  const { crisisId } = view.crisis;
  const names = namesFor(view);
  const look = async () => {
    const latest = await api.timeline(crisisId);
    tell(latest, { ...namesSeen(latest), ...names });
    return isOver(latest) ? 'over' : 'on';
  };
  await untilInterrupted(async (signal) => {
    tell(events, { ...namesSeen(events), ...names });
    if (isOver(events)) return;
    if (!options.json) remark(colours.dim('Following; Ctrl-C ends this.'));
    await follow({ api, crisisId, signal, look, onTrouble });
  });
};

/** A roster that was looked up meanwhile knows people whom the first look did not. */
const namesSeen = (events: readonly Numbered[]): Names =>
  Object.fromEntries(
    events.flatMap(({ event }) =>
      event.type === 'rosterSeen'
        ? Object.entries(event.roster.people).map(([id, { name }]): [string, string] => [id, name])
        : [],
    ),
  );

const timeline = async (id: string, options: Options): Promise<void> => {
  const api = apiOf(options);
  const view = await api.view(id);
  const events = await api.timeline(view.crisis.crisisId);
  if (options.follow) return goOn(api, view, events, options);
  const names = { ...namesSeen(events), ...namesFor(view) };
  if (options.json) {
    printJson({
      crisisId: view.crisis.crisisId,
      events: events.map(({ seq, event }) => ({ seq, event, text: describe(event, names) })),
    });
    return;
  }
  if ((events[0]?.seq ?? 0) > 0) remark('What was before lies in the database, which does not answer.');
  createTeller(options)(events, names);
};

export const register = (program: Command): void => {
  const command = withApi(
    program.command('timeline').argument('<crisis>', 'its id or its correlation key'),
    'print one JSON document; with --follow one line per event',
  )
    .option('--follow', 'go on telling until the crisis is closed')
    .description('Tell what has happened in a crisis, in your local time and since its start.')
    .action(timeline);
  withExamples(
    command,
    ['timeline shop', 'so far'],
    ['timeline shop --follow', 'as it happens'],
    ['timeline shop --follow --json', 'as it happens, one JSON line per event'],
  );
};
