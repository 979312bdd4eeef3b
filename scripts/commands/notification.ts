import type { Command } from 'commander';
import { print, printJson } from '../output/terminal.js';
import { apiOf, withApi, withExamples, type ApiOptions } from './options.js';

const notification = async (id: string, obligation: string, options: ApiOptions): Promise<void> => {
  const draft = await apiOf(options).notification(id, obligation);
  if (options.json) printJson(draft);
  else print([draft.subject, '', draft.text.trimEnd()].join('\n'));
};

export const register = (program: Command): void => {
  const command = withApi(
    program
      .command('notification')
      .argument('<crisis>', 'its id or its correlation key')
      .argument('<obligation>', 'which one, such as gdpr-authority; firebreak show names those that wait'),
  )
    .description(
      'Print a draft of what a regulator is to be told, as far as the crisis knows it. Once filed: firebreak do <crisis> file.',
    )
    .action(notification);
  withExamples(
    command,
    [
      'notification restricted:quiet-heron-4f2a91 gdpr-authority > draft.txt',
      'to be completed, and approved by counsel',
    ],
    ['do restricted:quiet-heron-4f2a91 file --obligation gdpr-authority --reference LDA-1077', 'when it is filed'],
  );
};
