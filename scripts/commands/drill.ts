import type { Command } from 'commander';
import type { DrillReport } from '../../src/activities/drill.js';
import { DurationMs, spoken } from '../../src/domain/duration.js';
import type { Event } from '../../src/domain/event.js';
import { eventShown } from '../output/eventShown.js';
import { misused } from '../output/fault.js';
import { table } from '../output/table.js';
import { colours, columns, print, printJson } from '../output/terminal.js';
import { moment } from '../output/times.js';
import { configured } from '../rehearsal/configured.js';
import { callOff, followDrill, startDrill } from '../rehearsal/drilling.js';
import { drillGround } from '../rehearsal/drillGround.js';
import { refuseUnfit } from '../rehearsal/fitting.js';
import { listDrills, scheduleDrill } from '../rehearsal/schedules.js';
import { readScenario } from '../rehearsal/scenarioFile.js';
import { scoreShown } from '../rehearsal/scoreShown.js';
import { sayOn, Stop } from '../stack/say.js';
import { untilAskedToStop } from '../stack/waiting.js';
import { withExamples, withJson, type JsonOption } from './options.js';
import { resolve } from 'node:path';

type Options = JsonOption & { scale?: string; config?: string };

const scaleOf = (said: string | undefined): number => {
  const scale = Number(said ?? 1);
  if (Number.isFinite(scale) && scale >= 1 && scale <= 3_600) return scale;
  throw misused(`--scale: expected a number from 1 to 3600; got "${said ?? ''}"`);
};

const quiet: ReadonlySet<Event['type']> = new Set(['lookUpBegan', 'rosterSeen', 'updatePromised', 'engagementOpened']);

const reportShown = ({ drillId, scenario, notes, scorecards, startedAt, endedAt }: DrillReport): string =>
  [
    '',
    `${colours.bold(`Scorecard of drill ${drillId}`)}: ${scenario.title} (${spoken(endedAt - startedAt)})`,
    ...notes.map(({ afterMs, what }) => `  after ${spoken(afterMs)}: ${what}`),
    '',
    scorecards.map(scoreShown).join('\n\n'),
  ].join('\n');

const settle = ({ config }: Options): void => {
  if (config !== undefined) process.env['FIREBREAK_CONFIG'] = resolve(config);
};

const hold = async (file: string | undefined, options: Options): Promise<void> => {
  if (file === undefined) throw misused('say which scenario; examples/drills holds some');
  const scenario = await readScenario(file);
  const scale = scaleOf(options.scale);
  settle(options);
  const say = sayOn(process.stderr);
  const stopping = untilAskedToStop(say);
  const ground = await drillGround(say, async () => refuseUnfit(scenario, await configured(options.config)));
  try {
    const handle = await startDrill(ground.temporal.client, scenario, scale);
    say(`drill ${handle.workflowId}${ground.mailbox === undefined ? '' : `, mailbox ${ground.mailbox}`}`);
    let from: number | undefined;
    const heard = (event: Event, text: string): void => {
      from ??= event.at;
      if (!options.json && !quiet.has(event.type)) print(eventShown(event, text, from, columns()));
    };
    const report = await Promise.race([
      followDrill(ground.temporal.client, handle, heard),
      stopping.then(() => undefined),
      ground.died.then((why) => Promise.reject(new Stop(why))),
    ]);
    if (!report) {
      await callOff(handle);
      throw new Stop('the drill was called off before its end');
    }
    if (options.json) printJson(report);
    else print(reportShown(report));
    if (!report.holds) process.exitCode = 1;
  } finally {
    await ground.close();
  }
};

const schedule = async (file: string, options: Options & { every: string }): Promise<void> => {
  const scenario = await readScenario(file);
  const every = DurationMs.safeParse(options.every);
  if (!every.success || every.data < 60_000)
    throw misused(`--every: expected a duration of a minute or more, such as 1w; got "${options.every}"`);
  const ground = await drillGround(sayOn(process.stderr));
  try {
    const scheduled = await scheduleDrill(ground.temporal.client, scenario, scaleOf(options.scale), every.data);
    if (options.json) printJson(scheduled);
    else
      print(
        `${scheduled.scheduleId} is held every ${spoken(every.data)}${scheduled.next ? `, next ${moment(scheduled.next.getTime(), Date.now())}` : ''}.`,
      );
  } finally {
    await ground.close();
  }
};

const outcome = ({ status, holds }: { status: string; holds?: boolean }): string => {
  if (holds === undefined) return status;
  return holds ? colours.green('as expected') : colours.red('not as expected');
};

const list = async (options: Options): Promise<void> => {
  const ground = await drillGround(sayOn(process.stderr));
  try {
    const listed = await listDrills(ground.temporal.client);
    if (options.json) {
      printJson(listed);
      return;
    }
    const now = Date.now();
    const rows = [
      ...listed.schedules.map(({ scheduleId, next }) => [
        scheduleId,
        next === undefined ? '' : moment(next, now),
        'planned',
        '',
      ]),
      ...listed.drills.map((each) => [
        each.workflowId,
        moment(each.startedAt, now),
        outcome(each),
        each.scenario ?? '',
      ]),
    ];
    print(rows.length > 0 ? table(['drill', 'when', 'outcome', 'scenario'], rows) : 'There has been no drill.');
  } finally {
    await ground.close();
  }
};

export const register = (program: Command): void => {
  const command = withJson(program.command('drill').argument('[scenario]', 'a scenario in YAML'))
    .option('--scale <factor>', 'so many times faster than life', '1')
    .option('--config <file>', 'the configuration of a Firebreak that the drill brings itself')
    .description(
      'Rehearse a crisis for real: the same workflows in mode drill, on a worker of their own that reaches only the drill’s audience and targets. Ends with a scorecard; exits 1 when it is not as the scenario expects.',
    )
    .action(hold);
  withJson(command.command('schedule').argument('<scenario>'))
    .requiredOption('--every <duration>', 'such as 1w')
    .option('--scale <factor>', 'so many times faster than life', '1')
    .description('Hold a drill again and again, by a Temporal Schedule.')
    .action((file: string, _: unknown, own: Command) => schedule(file, own.optsWithGlobals()));
  withJson(command.command('list'))
    .description('List the drills that were held and those that are planned.')
    .action((_: unknown, own: Command) => list(own.optsWithGlobals()));
  withExamples(
    command,
    [
      'drill examples/drills/nobody-answers.yaml --scale 60 --config examples/drills/organisation/firebreak.yaml',
      'an hour in a minute, on an organisation to practise with',
    ],
    ['drill schedule drill.yaml --every 1w', 'every week, on the Firebreak that runs'],
    ['drill list', 'how they went'],
  );
};
