import { parseArgs } from 'node:util';
import { waitUntilAnswers } from './answering.js';
import { deployed, programOf, readDeployments, writeDeployments } from './deployments.js';
import { fail } from './fail.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { state: { type: 'string' }, limit: { type: 'string', default: '15000' } },
});
const [version] = positionals;
const { state } = values;
if (version === undefined || state === undefined) fail('usage: deploy.ts VERSION --state DIR [--limit MS]', 2);
if (programOf(version) === undefined) fail(`there is no release ${version}`);

try {
  writeDeployments(state, deployed(readDeployments(state), version));
  console.log(`${version} is the current release`);
  await waitUntilAnswers(state, version, Number(values.limit));
  console.log(`${version} answers`);
} catch (error) {
  fail(error);
}
