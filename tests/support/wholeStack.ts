import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { stringify } from 'yaml';
import { startStack, type Stack } from '../../scripts/stack/stack.js';

/** All of Firebreak in this process, as `npm start` brings it up, on free ports, with its data and configuration in a folder. */
export const startWholeStack = async (folder: string, configuration: object): Promise<Stack> => {
  const config = join(folder, 'firebreak.yaml');
  await writeFile(config, stringify(configuration));
  const port = await getPort();
  return startStack({
    environment: {
      config,
      host: '127.0.0.1',
      port,
      data: folder,
      databaseUrl: undefined,
      temporalCli: process.env['FIREBREAK_TEMPORAL_CLI'],
      signingKey: undefined,
      commandKeys: undefined,
      encryptionKeys: undefined,
      temporalPort: await getPort(),
      temporalUiPort: await getPort(),
      smtpPort: await getPort(),
      mailboxPort: await getPort(),
    },
    say: () => undefined,
    publicUrl: `http://127.0.0.1:${port}`,
  });
};
