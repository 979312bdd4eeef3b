import type { Command } from 'commander';
import { oneLine } from '../../src/domain/describe/words.js';
import { hours, minutes } from '../../src/domain/duration.js';
import { Scenario } from '../../src/domain/scenario.js';
import type { Strand } from '../../src/domain/scenario/told.js';
import { misused } from '../output/fault.js';
import { severityShown } from '../output/severity.js';
import { table } from '../output/table.js';
import { colours, columns, print, printJson } from '../output/terminal.js';
import { offset } from '../output/times.js';
import { cut } from '../output/wrap.js';
import { configured } from '../rehearsal/configured.js';
import { readScenario } from '../rehearsal/scenarioFile.js';
import { scoreShown } from '../rehearsal/scoreShown.js';
import { simulateScenario, type Simulation } from '../rehearsal/simulation.js';
import { withExamples, withJson, type JsonOption } from './options.js';

type Options = JsonOption & { config?: string; service?: string; at?: string };

const paint: Partial<Record<Strand, (text: string) => string>> = {
  alert: colours.red,
  page: colours.yellow,
  budget: colours.red,
  management: colours.magenta,
  procedure: colours.cyan,
  people: colours.green,
  state: colours.bold,
  message: colours.dim,
};

/** Without a scenario: the worst happens to a service, and nobody answers. */
const silence = (service: string): Scenario =>
  Scenario.parse({
    id: 'nobody-answers',
    title: `${service} is down, and nobody answers`,
    service,
    severity: 'P0',
    facts: { completeOutage: true },
    until: hours(2) + minutes(10),
  });

const momentOf = (at: string | undefined): number => {
  if (at === undefined) return Date.now();
  const parsed = Date.parse(at);
  if (Number.isNaN(parsed)) throw misused(`--at: expected a moment such as 2026-03-02T03:00:00Z; got "${at}"`);
  return parsed;
};

const courseShown = ({ course }: Simulation): string => {
  const width = Math.max(40, columns() - 24);
  return table(
    ['after', 'what', 'what happens'],
    course.map(({ afterMs, strand, text }) => {
      const coloured = paint[strand] ?? ((plain: string) => plain);
      return [offset(0, afterMs), coloured(strand), cut(oneLine(text, 1_000), width)];
    }),
  );
};

const shown = (simulation: Simulation): string => {
  const { classification, scenario, plan, declaredAt, scorecard } = simulation;
  return [
    `${colours.bold(scenario.title)} ${colours.dim(`(${scenario.id}; service ${plan.service.id}, declared ${new Date(declaredAt).toISOString()})`)}`,
    `${severityShown(classification.severity)} ${plan.type}: ${oneLine(classification.why)}`,
    '',
    courseShown(simulation),
    '',
    scoreShown(scorecard),
  ].join('\n');
};

const simulate = async (file: string | undefined, options: Options): Promise<void> => {
  if ((file === undefined) === (options.service === undefined))
    throw misused('say either a scenario or --service <service>');
  const settings = await configured(options.config);
  const scenario = file === undefined ? silence(options.service ?? '') : await readScenario(file);
  const simulation = simulateScenario(scenario, settings, momentOf(options.at));
  if (options.json) printJson(simulation);
  else print(shown(simulation));
  if (!simulation.scorecard.holds) process.exitCode = 1;
};

export const register = (program: Command): void => {
  const command = withJson(program.command('simulate').argument('[scenario]', 'a scenario in YAML'))
    .option('--service <service>', 'without a scenario: this service is down, and nobody answers')
    .option('--config <file>', 'the configuration; else FIREBREAK_CONFIG, else firebreak.yaml')
    .option('--at <moment>', 'when it happens, which decides who is on call; else now')
    .description(
      'See who would be paged when by which channel, which budgets run out, who in management hears when: on the simulated clock, with no server. Exits 1 when the scenario expects something else.',
    )
    .action(simulate);
  withExamples(
    command,
    ['simulate --service shop', 'the shop is down, and nobody answers'],
    ['simulate examples/drills/nobody-answers.yaml --config examples/shop/firebreak.yaml', 'a scenario'],
    ["simulate drill.yaml --json | jq '.pages[] | [.afterMs, .person, .channel]'", 'the pages, for a program'],
  );
};
