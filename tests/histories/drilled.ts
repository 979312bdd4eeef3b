import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { stringify } from 'yaml';
import { startDrill } from '../../scripts/rehearsal/drilling.js';
import { startStack } from '../../scripts/stack/stack.js';
import { Scenario } from '../../src/domain/scenario.js';
import { freshData } from '../support/freshData.js';
import { keepPlain } from './keep.js';

// A drill in which the one person who is called acknowledges, and that ends with its scorecard.
  const folder = await freshData('firebreak-recorded-drill-');
  const config = join(folder, 'firebreak.yaml');
  const people = { ana: { name: 'Ana', contacts: [{ channel: 'email', to: 'ana@example.com' }] } };
  const teams = { shop: { people: ['ana'], oncall: { primary: 'first' } } };
  const services = { shop: { name: 'Shop', team: 'shop' } };
  await writeFile(
    config,
    stringify({ people, schedules: { first: { people: ['ana'] } }, teams, defaultTeam: 'shop', services, channels: {} }),
  );
  const port = await getPort();
  const stack = await startStack({
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
  try {
    const { client } = stack.ground.temporal;
    const scenario = Scenario.parse({
      id: 'recorded',
      title: 'The shop is down',
      service: 'shop',
      facts: { completeOutage: true },
      audience: { people: ['ana'] },
      at: [{ after: '2m', answer: { by: 'ana', how: 'acknowledge' } }],
      until: '5m',
    });
    const handle = await startDrill(client, scenario, 60);
    await handle.result();
    await keepPlain(client, 'drill', handle.workflowId);
  } finally {
    await stack.stop();
  }

