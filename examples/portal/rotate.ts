import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { placesIn, stateOf, tokensIn } from './place.js';
import { told } from './told.js';

// Every token of the customer service is replaced: nobody knows which of them the attacker has read.
await told(() => {
  const state = stateOf();
  const { tokens } = placesIn(state);
  const clients = Object.keys(tokensIn(state));
  const fresh = Object.fromEntries(clients.map((client) => [client, randomBytes(16).toString('hex')]));
  writeFileSync(`${tokens}.new`, JSON.stringify(fresh), { mode: 0o600 });
  renameSync(`${tokens}.new`, tokens);
  return `new tokens for ${clients.join(' and ')}`;
});
