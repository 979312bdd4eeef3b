import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { failed } from '../output/fault.js';
import { renderMarkdown } from '../output/markdown.js';
import { columns, isInteractive, print, printJson } from '../output/terminal.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

const postmortem = async (id: string, { out, ...options }: ApiOptions & { out?: string }): Promise<void> => {
  const markdown = await apiOf(options).postmortem(id);
  if (out !== undefined) {
    const file = resolve(out);
    await writeFile(file, markdown).catch((error: unknown) => {
      throw failed(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (options.json) printJson({ file });
    else print(`Written to ${file}`);
  } else if (options.json) printJson({ markdown });
  else print(isInteractive() ? renderMarkdown(markdown, columns()) : markdown.trimEnd());
};

export const register = (program: Command): void => {
  const command = withApi(program.command('postmortem').argument('<crisis>', 'its id or its correlation key'))
    .option('--out <file>', 'write it to a file')
    .description('Print the draft of the post-mortem, in Markdown. It is drafted when the crisis closes.')
    .action(postmortem);
  withExamples(
    command,
    ['postmortem shop-20260302-abcde', 'read it'],
    ['postmortem shop-20260302-abcde --out postmortem.md', 'go on writing it'],
  );
};
