import { portalProcess } from './portalProcess.js';
import { placesIn, stateOf, strangeIn, textIn } from './place.js';
import { told } from './told.js';

// The security of what was restored: not a file in it that was not released, and it works, under a new token.
await told(async () => {
  const state = stateOf();
  const { portal, portalUrl } = placesIn(state);
  const strange = strangeIn(portal);
  if (strange.length > 0) throw new Error(strange.join(', '));
  const found = await portalProcess(state);
  if (!found) throw new Error('the portal does not run');
  const answer = await fetch(`${textIn(portalUrl)}/healthz`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`the portal answers ${answer.status}: ${await answer.text()}`);
  return `process ${found.pid} runs the release and nothing else, under a new token`;
});
