import type { Command } from 'commander';
import { oneLine } from '../../src/domain/describe/words.js';
import type { Audited } from '../client/api.js';
import { failed, misused } from '../output/fault.js';
import { table } from '../output/table.js';
import { colours, print, printJson } from '../output/terminal.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

type Listing = ApiOptions & { crisis?: string; who?: string; outcome?: string; limit?: string };

const rowOf = ({ seq, entry }: Audited): string[] => {
  const { at, who, what, on, authority, outcome, why } = entry;
  return [
    String(seq),
    new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    `${oneLine(who.id, 30)} (${who.proof})`,
    oneLine(what, 40),
    oneLine([on.crisis, on.target].filter((part) => part !== undefined).join(' '), 60),
    `${authority.kind}${authority.of.length > 0 ? `: ${oneLine(authority.of.join(', '), 60)}` : ''}`,
    `${outcome}${why === undefined ? '' : `: ${oneLine(why, 100)}`}`,
  ];
};

const list = async (options: Listing): Promise<void> => {
  const { crisis, who, outcome, limit } = options;
  const entries = await apiOf(options).audit({
    ...(crisis !== undefined && { crisisId: crisis }),
    ...(who !== undefined && { who }),
    ...(outcome !== undefined && { outcome }),
    ...(limit !== undefined && { limit: Number(limit) }),
  });
  if (options.json) printJson({ entries });
  else print(table(['NO', 'WHEN (UTC)', 'WHO', 'WHAT', 'ON', 'AUTHORITY', 'OUTCOME'], entries.map(rowOf)));
};

const anchorOf = (said: string | undefined): { seq: number; hash: string } | undefined => {
  if (said === undefined) return undefined;
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(said) ?? [];
  if (seq === undefined || hash === undefined)
    throw misused(`--anchor: expected <number>:<hash>, as verifying printed it before; got "${said}"`);
  return { seq: Number(seq), hash };
};

const verify = async (options: ApiOptions & { anchor?: string }): Promise<void> => {
  const { entries, faults, faultsFound, last } = await apiOf(options).verifyAudit(anchorOf(options.anchor));
  if (faults.length > 0)
    throw failed(
      [
        `The audit is not as it was written: ${faultsFound} ${faultsFound === 1 ? 'fault' : 'faults'}, with ${entries} entries read.`,
        ...faults.map(({ kind, seq, why }) => `  entry ${seq} ${kind}: ${why}`),
        ...(faultsFound > faults.length ? [`  and ${faultsFound - faults.length} more`] : []),
      ].join('\n'),
      { faults, faultsFound },
    );
  if (options.json) {
    printJson({ entries, faults, last });
    return;
  }
  print(`${colours.green('✔')} The audit holds: ${entries} entries, each sealed over the one before.`);
  if (last) print(`Note this elsewhere, and what is cut off later shows: --anchor ${last.seq}:${last.hash}`);
};

export const register = (program: Command): void => {
  const audit = program
    .command('audit')
    .description('Who did or tried what, by which authority; and whether that record is as it was written.');
  withApi(audit.command('list'))
    .description('The newest entries, the last one last.')
    .option('--crisis <id>', 'only of this crisis')
    .option('--who <id>', 'only of this person or machine')
    .option('--outcome <outcome>', 'only done, refused, failed or requested')
    .option('--limit <n>', 'how many; else 100')
    .action(list);
  withApi(audit.command('verify'))
    .description('Find what was changed, removed, inserted or reordered. Ends with 1 when anything was.')
    .option('--anchor <number:hash>', 'an entry noted before, against which what was cut off shows')
    .action(verify);
  withExamples(
    audit,
    ['audit list --outcome refused', 'who tried what they may not'],
    ['audit verify', 'before an auditor asks'],
  );
};
