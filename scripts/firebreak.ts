import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { registerAll } from './commands/entries.js';
import { Fault } from './output/fault.js';
import { colours, printJson, printJsonLine, remark } from './output/terminal.js';

const argv = process.argv.slice(2);
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const program = new Command('firebreak')
  .description('Durable crisis response on Temporal.')
  .version(version)
  .usage('<command> [options]')
  .helpCommand('help [command]', 'say more about a command')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ outputError: () => undefined })
  .addHelpText(
    'after',
    [
      '',
      '<crisis> is the id of a crisis, or its correlation key (mostly the service).',
      'Exit codes: 0 done, 1 refused or failed, 2 wrongly used.',
      '',
      'Examples:',
      '  npx firebreak list',
      '  npx firebreak ack shop',
      '  npx firebreak show shop --watch',
      '  npx firebreak do shop page --help',
    ].join('\n'),
  );

/** What goes on for a while gives a program one JSON document a line, a failure among them. */
const speaksInLines = argv[0] === 'demo' || argv.includes('--follow') || argv.includes('--watch');

/** Says what went wrong, and answers with the exit code. Nobody in a crisis is served by a stack trace. */
const say = (error: unknown): number => {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const fault = faultOf(error);
  remark(`${colours.red('✘')} ${fault.message}`);
  const failure = { error: { message: fault.message, ...fault.details } };
  if (argv.includes('--json')) (speaksInLines ? printJsonLine : printJson)(failure);
  return fault.exitCode;
};

const faultOf = (error: unknown): Fault => {
  if (error instanceof Fault) return error;
  if (error instanceof CommanderError) return new Fault(usage(error), 2);
  if (!(error instanceof Error)) return new Fault(String(error), 1);
  // The programs of the stack say in the same way whether something was written wrongly.
  return new Fault(error.message, 'exitCode' in error && error.exitCode === 2 ? 2 : 1);
};

const usage = ({ message, code }: CommanderError): string => {
  if (code === 'commander.help') return 'Say which command; npx firebreak --help lists them.';
  const called = program.commands.find((command) => argv.includes(command.name()));
  const help = `npx firebreak ${called ? `${called.name()} ` : ''}--help`;
  return `${message.replace(/^error: /, '')}\nSee: ${help}`;
};

// A reader such as `head` may leave early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const run = async (): Promise<number> => {
  try {
    await registerAll(program, argv);
    if (argv.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync(argv, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    return say(error);
  }
};

process.exitCode = await run();
