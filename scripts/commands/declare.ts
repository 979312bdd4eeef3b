import type { Command } from 'commander';
import { Facts } from '../../src/domain/facts.js';
import { Severity } from '../../src/domain/severity.js';
import { misused } from '../output/fault.js';
import { severityShown } from '../output/severity.js';
import { colours, print, printJson } from '../output/terminal.js';
import { factsOf } from './input/facts.js';
import { actorOf, apiOf, withActor, withExamples, type ActingOptions } from './options.js';
import { quoted } from '../output/wrap.js';

type Options = ActingOptions & {
  service?: string;
  severity?: string;
  details?: string;
  fact?: string[];
  users?: string;
  usersPercent?: string;
};

const severityOf = (said: string): Severity => {
  const parsed = Severity.safeParse(said.toUpperCase());
  if (!parsed.success) throw misused(`--severity: expected P0, P1, P2 or P3; got "${said}"`);
  return parsed.data;
};

const factsGiven = ({ fact = [], users, usersPercent }: Options): Facts | undefined => {
  const said = [
    ...fact,
    ...(users === undefined ? [] : [`usersAffected=${users}`]),
    ...(usersPercent === undefined ? [] : [`usersAffectedPercent=${usersPercent}`]),
  ];
  return said.length > 0 ? factsOf(said) : undefined;
};

const declare = async (words: readonly string[], options: Options): Promise<void> => {
  const { service, severity, details } = options;
  const facts = factsGiven(options);
  const declared = await apiOf(options).declare({
    title: words.join(' '),
    ...actorOf(options),
    ...(service !== undefined && { service }),
    ...(severity !== undefined && { severity: severityOf(severity) }),
    ...(details !== undefined && { details }),
    ...(facts && { facts }),
  });
  if (options.json) {
    printJson(declared);
    return;
  }
  const { crisisId, outcome, why } = declared;
  const how = severityShown(Severity.parse(declared.severity));
  print(
    `${colours.green('✔')} ${how} ${outcome === 'watch' ? 'a watch' : 'a crisis'} runs: ${colours.bold(crisisId)} (${why})`,
  );
  print(`Look at it: npx firebreak show ${quoted(crisisId)}`);
};

export const register = (program: Command): void => {
  const repeated = (value: string, before: string[] = []) => [...before, value];
  const command = withActor(program.command('declare').argument('<title...>', 'what is wrong, in a few words'))
    .option('--service <service>', 'which service it is about')
    .option('--severity <severity>', 'P0 to P3; else the rules decide from the facts')
    .option('--details <text>', 'what else is known')
    .option('--fact <name=value>', 'what is known of the damage; may be repeated', repeated)
    .option('--users <n>', 'how many users are affected')
    .option('--users-percent <n>', 'what share of the users is affected, 0 to 100')
    .description('Declare a crisis, whatever the monitors say. In an open one of the same cause it joins.')
    .action(declare);
  withExamples(
    command,
    ['declare "checkout is down" --service shop --severity P0', 'the quickest way'],
    ['declare "payments fail" --service payments --fact paymentFailure --users-percent 60', 'let the rules decide'],
    [
      'declare "odd logins" --fact securityConcern=true --details "from three countries in a minute"',
      'without a service',
    ],
  );
};
