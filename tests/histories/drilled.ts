import { startDrill } from '../../scripts/rehearsal/drilling.js';
import { Scenario } from '../../src/domain/scenario.js';
import { freshData } from '../support/freshData.js';
import { startWholeStack } from '../support/wholeStack.js';
import { keepPlain } from './keep.js';

// A drill in which the one person who is called acknowledges, and that ends with its scorecard.
const stack = await startWholeStack(await freshData('firebreak-recorded-drill-'), {
  people: { ana: { name: 'Ana', contacts: [{ channel: 'email', to: 'ana@example.com' }] } },
  schedules: { first: { people: ['ana'] } },
  teams: { shop: { people: ['ana'], oncall: { primary: 'first' } } },
  defaultTeam: 'shop',
  services: { shop: { name: 'Shop', team: 'shop' } },
  channels: {},
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
