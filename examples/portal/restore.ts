import { cpSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isThere, placesIn, stateOf, strangeIn, textIn, tokensIn } from './place.js';
import { portalProcess, startPortal } from './portalProcess.js';
import { told } from './told.js';

// Back from the newest backup in which nothing is strange. What was there is moved aside, and its process is ended.
await told(async () => {
  const state = stateOf();
  const { portal, portalUrl, backups, quarantine } = placesIn(state);
  const newestFirst = readdirSync(backups).sort().reverse();
  const clean = newestFirst.find((name) => {
    const strange = strangeIn(join(backups, name));
    if (strange.length > 0) console.log(`${name} is not clean: ${strange.join(', ')}`);
    return strange.length === 0;
  });
  if (clean === undefined) throw new Error('no backup is clean');

  const found = await portalProcess(state);
  if (found) process.kill(found.pid, 'SIGKILL');
  mkdirSync(quarantine, { recursive: true });
  if (isThere(portal)) renameSync(portal, join(quarantine, new Date().toISOString().replaceAll(':', '-')));
  const port = Number(new URL(textIn(portalUrl)).port);
  cpSync(join(backups, clean), portal, { recursive: true });
  const token = tokensIn(state)['portal'];
  if (token === undefined) throw new Error('the customer service knows no portal');
  return `restored from ${clean}; the portal answers at ${await startPortal(state, token, port)}`;
});
