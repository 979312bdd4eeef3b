import type { Command } from 'commander';
import { collect } from './evidence/collect.js';
import { exportTo } from './evidence/export.js';
import { handOver } from './evidence/handOver.js';
import { list } from './evidence/list.js';
import { verify } from './evidence/verify.js';
import { withApi, withExamples } from './options.js';

const crisis = ['<crisis>', 'its id or its correlation key'] as const;

/** Evidence of a crisis, each part of it a command of its own. */
export const register = (program: Command): void => {
  const evidence = program
    .command('evidence')
    .description('Collect evidence, hand it over, and prove that nothing of it was changed.');
  withApi(
    evidence
      .command('collect')
      .argument(...crisis)
      .argument('[program...]', 'after --command and --'),
  )
    .description('Keep a file, a folder, what a program prints here, or a reference to what is kept elsewhere.')
    .option('--file <path>', 'a file, or every file in a folder, of this machine')
    .option('--command', 'what the program after -- prints, both streams; it runs here, without a shell')
    .option('--reference <where>', 'where it is kept: a safe, a snapshot’s id')
    .option('--item <name>', 'what to call it; else after the file or program')
    .option('--method <words>', 'how it was collected, for whoever weighs it')
    .option('--timeout <seconds>', 'when a program is stopped', '60')
    .action(collect);
  withApi(evidence.command('list').argument(...crisis))
    .description('Every piece and every hand-over, in order.')
    .action(list);
  withApi(evidence.command('hand-over').argument(...crisis))
    .description('Put on record that a piece went into other hands.')
    .requiredOption('--item <name>', 'which piece')
    .requiredOption('--to <whom>', 'who has it now')
    .requiredOption('--why <words>', 'what for')
    .option('--from <whom>', 'who had it; refused when somebody else is on record')
    .action(handOver);
  withApi(evidence.command('verify').argument('[crisis]', crisis[1]))
    .description('Read every byte again and follow the chain. Names what is not as it was, and ends with 1.')
    .option('--bundle <path>', 'verify an exported bundle by itself, without the API')
    .action(verify);
  withApi(evidence.command('export').argument(...crisis))
    .description('Everything as one tar, with a manifest that proves itself.')
    .requiredOption('--to <file>', 'the tar to write; it must not exist')
    .action(exportTo);
  withExamples(
    evidence,
    ['evidence collect restricted:quiet-heron-4f2a91 --file /var/log/auth.log', 'a file'],
    ['evidence collect restricted:quiet-heron-4f2a91 --item sockets --command -- ss -tanp', 'what a program prints'],
    [
      'evidence hand-over restricted:quiet-heron-4f2a91 --item disk --to "police, J. Kim" --why seized',
      'into other hands',
    ],
    ['evidence verify restricted:quiet-heron-4f2a91', 'before anybody relies on it'],
    ['evidence verify --bundle evidence.tar', 'a year later, by anybody'],
  );
};
